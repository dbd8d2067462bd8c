// fails: all-rejects-first
// Its `all` remembers the first rejection, but rejects only when everything has settled.

export function all(inputs) {
  return new Promise((resolve, reject) => {
    const list = [...inputs];
    const values = new Array(list.length);
    const errors = [];
    let missing = list.length;
    const finish = () => (errors.length > 0 ? reject(errors[0]) : resolve(values));
    if (missing === 0) finish();
    list.forEach((input, index) => {
      Promise.resolve(input)
        .then(
          (value) => (values[index] = value),
          (error) => errors.push(error),
        )
        .then(() => {
          missing -= 1;
          if (missing === 0) finish();
        });
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
