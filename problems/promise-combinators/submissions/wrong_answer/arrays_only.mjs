// fails: accepts-iterables, iterator-error-rejects
// Walks by index and length, which sets and generators do not have.

export function all(inputs) {
  return new Promise((resolve, reject) => {
    const values = [];
    let missing = inputs.length ?? 0;
    if (missing === 0) resolve(values);
    for (let index = 0; index < inputs.length; index += 1) {
      Promise.resolve(inputs[index]).then((value) => {
        values[index] = value;
        missing -= 1;
        if (missing === 0) resolve(values);
      }, reject);
    }
  });
}

export function allSettled(inputs) {
  const records = [];
  for (let index = 0; index < inputs.length; index += 1) {
    records.push(
      Promise.resolve(inputs[index]).then(
        (value) => ({ status: 'fulfilled', value }),
        (reason) => ({ status: 'rejected', reason }),
      ),
    );
  }
  return all(records);
}

export function race(inputs) {
  return new Promise((resolve, reject) => {
    for (let index = 0; index < inputs.length; index += 1) {
      Promise.resolve(inputs[index]).then(resolve, reject);
    }
  });
}

export function any(inputs) {
  return new Promise((resolve, reject) => {
    const errors = [];
    let missing = inputs.length ?? 0;
    if (missing === 0) reject(new AggregateError(errors));
    for (let index = 0; index < inputs.length; index += 1) {
      Promise.resolve(inputs[index]).then(resolve, (error) => {
        errors[index] = error;
        missing -= 1;
        if (missing === 0) reject(new AggregateError(errors));
      });
    }
  });
}
