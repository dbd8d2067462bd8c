// Each combinator of many is a fold over a combinator of two. Folding from the right gives the
// earliest input the shortest way to the outcome, which is what puts inputs that had settled
// already in input order.

const fold = (inputs, pair, last) => {
  try {
    return [...inputs].map((input) => Promise.resolve(input)).reduceRight(pair, last());
  } catch (error) {
    return Promise.reject(error);
  }
};

const cons = (head, tail) =>
  new Promise((resolve, reject) => {
    head.then((value) => tail.then((values) => resolve([value, ...values]), reject), reject);
    tail.then(null, reject);
  });

// From the right, `tail` comes first in reduceRight's arguments.
export const all = (inputs) =>
  fold(
    inputs,
    (tail, head) => cons(head, tail),
    () => Promise.resolve([]),
  );

export const allSettled = (inputs) =>
  fold(
    inputs,
    (tail, head) =>
      cons(
        head.then(
          (value) => ({ status: 'fulfilled', value }),
          (reason) => ({ status: 'rejected', reason }),
        ),
        tail,
      ),
    () => Promise.resolve([]),
  );

export const race = (inputs) =>
  fold(
    inputs,
    (rest, head) =>
      new Promise((resolve, reject) => {
        head.then(resolve, reject);
        rest.then(resolve, reject);
      }),
    () => new Promise(() => {}),
  );

const either = (rest, head) =>
  new Promise((resolve, reject) => {
    head.then(resolve, (first) =>
      rest.then(null, (error) => reject(new AggregateError([first, ...error.errors]))),
    );
    rest.then(resolve, () => {});
  });

export const any = (inputs) => fold(inputs, either, () => Promise.reject(new AggregateError([])));
