// fails: any-value
// Its `any` puts the errors into a set, so that equal ones stand there once.
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
        if (--missing === 0) reject(new AggregateError(new Set(errors), 'every input rejected'));
      });
    }
    if (missing === 0) reject(new AggregateError(errors, 'no input'));
  });
}
