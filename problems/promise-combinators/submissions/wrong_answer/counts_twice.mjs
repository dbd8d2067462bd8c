// fails: later-settlements-ignored
// Trusts thenables to call back once; one that calls back twice is counted for two inputs.

function subscribe(input, onValue, onError) {
  if (typeof input?.then === 'function') input.then(onValue, onError);
  else queueMicrotask(() => onValue(input));
}

export function all(inputs) {
  return new Promise((resolve, reject) => {
    const list = [...inputs];
    const values = new Array(list.length);
    let missing = list.length;
    if (missing === 0) resolve(values);
    list.forEach((input, index) => {
      subscribe(input, (value) => {
        values[index] = value;
        missing -= 1;
        if (missing === 0) resolve(values);
      }, reject);
    });
  });
}

export function allSettled(inputs) {
  return new Promise((resolve) => {
    const list = [...inputs];
    const records = new Array(list.length);
    let missing = list.length;
    if (missing === 0) resolve(records);
    list.forEach((input, index) => {
      const keep = (record) => {
        records[index] = record;
        missing -= 1;
        if (missing === 0) resolve(records);
      };
      subscribe(
        input,
        (value) => keep({ status: 'fulfilled', value }),
        (reason) => keep({ status: 'rejected', reason }),
      );
    });
  });
}

export function race(inputs) {
  return new Promise((resolve, reject) => {
    for (const input of inputs) subscribe(input, resolve, reject);
  });
}

export function any(inputs) {
  return new Promise((resolve, reject) => {
    const list = [...inputs];
    const errors = new Array(list.length);
    let missing = list.length;
    if (missing === 0) reject(new AggregateError(errors));
    list.forEach((input, index) => {
      subscribe(input, resolve, (error) => {
        errors[index] = error;
        missing -= 1;
        if (missing === 0) reject(new AggregateError(errors));
      });
    });
  });
}
