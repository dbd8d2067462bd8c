// fails: returns-promise
// Answers an empty input with the outcome itself: a bare array, or an error thrown in the call.

export function all(inputs) {
  let list;
  try {
    list = [...inputs];
  } catch (error) {
    return Promise.reject(error);
  }
  if (list.length === 0) return [];
  return new Promise((resolve, reject) => {
    const values = new Array(list.length);
    let missing = list.length;
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
  let list;
  try {
    list = [...inputs];
  } catch (error) {
    return Promise.reject(error);
  }
  if (list.length === 0) throw new AggregateError([]);
  return new Promise((resolve, reject) => {
    const errors = new Array(list.length);
    let missing = list.length;
    list.forEach((input, index) => {
      Promise.resolve(input).then(resolve, (error) => {
        errors[index] = error;
        missing -= 1;
        if (missing === 0) reject(new AggregateError(errors));
      });
    });
  });
}
