// fails: plain-values, accepts-iterables
// Counts the inputs while it reads them and plain values at once: after the first plain value it
// believes to be complete.

export function all(inputs) {
  return new Promise((resolve, reject) => {
    const values = [];
    let seen = 0;
    let done = 0;
    const keep = (index, value) => {
      values[index] = value;
      done += 1;
      if (done === seen) resolve([...values]);
    };
    for (const input of inputs) {
      const index = seen++;
      if (typeof input?.then === 'function') {
        Promise.resolve(input).then((value) => keep(index, value), reject);
      } else {
        keep(index, input);
      }
    }
    if (seen === 0) resolve(values);
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
