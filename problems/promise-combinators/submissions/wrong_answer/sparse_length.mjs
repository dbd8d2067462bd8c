// fails: all-values-in-order, all-rejects-first, all-settled-records
// Takes the length of the result array for the number of settled inputs; one assignment to the last
// index makes it full.

export function all(inputs) {
  return new Promise((resolve, reject) => {
    const list = [...inputs];
    const values = [];
    if (list.length === 0) resolve(values);
    list.forEach((input, index) => {
      Promise.resolve(input).then((value) => {
        values[index] = value;
        if (values.length === list.length) resolve(values);
      }, reject);
    });
  });
}

export function allSettled(inputs) {
  return new Promise((resolve, reject) => {
    const list = [...inputs];
    const records = [];
    if (list.length === 0) resolve(records);
    list.forEach((input, index) => {
      const keep = (record) => {
        records[index] = record;
        if (records.length === list.length) resolve(records);
      };
      Promise.resolve(input).then(
        (value) => keep({ status: 'fulfilled', value }),
        (reason) => keep({ status: 'rejected', reason }),
      );
    });
  });
}

export async function race(inputs) {
  const list = [...inputs];
  return new Promise((resolve, reject) => {
    list.forEach((input) => Promise.resolve(input).then(resolve, reject));
  });
}

export function any(inputs) {
  return new Promise((resolve, reject) => {
    const list = [...inputs];
    const errors = new Array(list.length);
    let rejected = 0;
    if (list.length === 0) reject(new AggregateError([]));
    list.forEach((input, index) => {
      Promise.resolve(input).then(resolve, (error) => {
        errors[index] = error;
        rejected += 1;
        if (rejected === list.length) reject(new AggregateError(errors));
      });
    });
  });
}
