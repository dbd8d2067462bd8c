// fails: any-value
// Tells a rejection by its error being something, so that a rejection with undefined passes for a
// fulfilment.

const outcome = (input) =>
  Promise.resolve(input).then(
    (value) => ({ value }),
    (error) => ({ error }),
  );

export function all(inputs) {
  return new Promise((resolve, reject) => {
    const list = [...inputs];
    const values = new Array(list.length);
    let missing = list.length;
    if (missing === 0) resolve(values);
    list.forEach((input, index) => {
      Promise.resolve(input).then((value) => {
        values[index] = value;
        missing -= 1;
        if (missing === 0) resolve(values);
      }, reject);
    });
  });
}

export async function allSettled(inputs) {
  const outcomes = await all(Array.from(inputs, outcome));
  return outcomes.map(({ value, error }) =>
    error !== undefined ? { status: 'rejected', reason: error } : { status: 'fulfilled', value },
  );
}

export function race(inputs) {
  return new Promise((resolve, reject) => {
    for (const input of inputs) {
      outcome(input).then(({ value, error }) => {
        if (error !== undefined) reject(error);
        else resolve(value);
      });
    }
  });
}

export function any(inputs) {
  return new Promise((resolve, reject) => {
    const list = [...inputs];
    const errors = new Array(list.length);
    let missing = list.length;
    if (missing === 0) reject(new AggregateError(errors));
    list.forEach((input, index) => {
      Promise.resolve(input).then(resolve, (error) => {
        errors[index] = error;
        missing -= 1;
        if (missing === 0) reject(new AggregateError(errors));
      });
    });
  });
}
