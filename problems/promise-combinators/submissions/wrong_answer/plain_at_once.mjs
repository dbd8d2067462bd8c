// fails: plain-not-first
// Settles synchronously on a plain value, which so overtakes a promise that has settled before it.

const isThenable = (x) => x !== null && typeof x === 'object' && typeof x.then === 'function';

function subscribe(input, onValue, onError) {
  if (isThenable(input)) Promise.resolve(input).then(onValue, onError);
  else onValue(input);
}

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
  return all(
    Array.from(inputs, (input) =>
      Promise.resolve(input).then(
        (value) => ({ status: 'fulfilled', value }),
        (reason) => ({ status: 'rejected', reason }),
      ),
    ),
  );
}

export function race(inputs) {
  return new Promise((resolve, reject) => {
    for (const input of inputs) subscribe(input, resolve, reject);
  });
}

export function any(inputs) {
  return new Promise((resolve, reject) => {
    const list = [...inputs];
    const errors = new Array(list.length);
    let missing = list.length;
    if (missing === 0) reject(new AggregateError(errors));
    list.forEach((input, index) => {
      subscribe(input, resolve, (error) => {
        errors[index] = error;
        missing -= 1;
        if (missing === 0) reject(new AggregateError(errors));
      });
    });
  });
}
