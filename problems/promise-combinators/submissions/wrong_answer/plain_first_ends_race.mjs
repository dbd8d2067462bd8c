// fails: no-unhandled
// A plain value at the start decides the race; the inputs behind it are not looked at.

export function all(inputs) {
  return new Promise((resolve, reject) => {
    const values = [];
    let missing = 0;
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
    let first = true;
    for (const input of inputs) {
      if (first && typeof input?.then !== 'function') return resolve(input);
      first = false;
      Promise.resolve(input).then(resolve, reject);
    }
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
