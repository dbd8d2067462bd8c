// fails: iterator-error-rejects
// Rejects with an error of its own that only mentions the error of the iterable.

function read(inputs) {
  try {
    return [...inputs];
  } catch (cause) {
    throw new TypeError('the inputs cannot be read', { cause });
  }
}

export function all(inputs) {
  return new Promise((resolve, reject) => {
    const list = read(inputs);
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
    for (const input of inputs) Promise.resolve(input).then(resolve, reject);
  });
}

export function any(inputs) {
  return new Promise((resolve, reject) => {
    const list = read(inputs);
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
