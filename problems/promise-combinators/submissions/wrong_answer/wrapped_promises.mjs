// fails: plain-not-first
// Wraps each input by resolving a new promise with it, which takes a real promise two microtasks
// longer than a plain value.

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
    for (const input of inputs) new Promise((adopt) => adopt(input)).then(resolve, reject);
  });
}

export function any(inputs) {
  return new Promise((resolve, reject) => {
    const list = [...inputs];
    const errors = new Array(list.length);
    let missing = list.length;
    if (missing === 0) reject(new AggregateError(errors));
    list.forEach((input, index) => {
      new Promise((adopt) => adopt(input)).then(resolve, (error) => {
        errors[index] = error;
        missing -= 1;
        if (missing === 0) reject(new AggregateError(errors));
      });
    });
  });
}
