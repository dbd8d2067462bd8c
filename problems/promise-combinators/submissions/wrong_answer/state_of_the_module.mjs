// fails: all-values-in-order
// The values and their counter belong to the module: a second call resets those of the first.

let values;
let missing;

export function all(inputs) {
  return new Promise((resolve, reject) => {
    values = [];
    missing = 0;
    for (const input of inputs) {
      const index = missing++;
      values.push(undefined);
      Promise.resolve(input).then((value) => {
        values[index] = value;
        if (--missing === 0) resolve(values);
      }, reject);
    }
    if (missing === 0) resolve(values);
  });
}

export function allSettled(inputs) {
  return new Promise((resolve) => {
    const records = [];
    let missing = 0;
    for (const input of inputs) {
      const index = missing++;
      records.push(undefined);
      const keep = (record) => {
        records[index] = record;
        if (--missing === 0) resolve(records);
      };
      Promise.resolve(input).then(
        (value) => keep({ status: 'fulfilled', value }),
        (reason) => keep({ status: 'rejected', reason }),
      );
    }
    if (missing === 0) resolve(records);
  });
}

export function race(inputs) {
  return new Promise((resolve, reject) => {
    for (const input of inputs) Promise.resolve(input).then(resolve, reject);
  });
}

export function any(inputs) {
  return new Promise((resolve, reject) => {
    const errors = [];
    let missing = 0;
    for (const input of inputs) {
      const index = missing++;
      errors.push(undefined);
      Promise.resolve(input).then(resolve, (error) => {
        errors[index] = error;
        if (--missing === 0) reject(new AggregateError(errors, 'every input rejected'));
      });
    }
    if (missing === 0) reject(new AggregateError(errors, 'no input'));
  });
}
