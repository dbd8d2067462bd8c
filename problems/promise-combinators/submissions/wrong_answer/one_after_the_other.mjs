// fails: all-rejects-first, no-unhandled
// Awaits the inputs in order: a rejection further behind is noticed late, and is unhandled until
// then.

export async function all(inputs) {
  const values = [];
  for (const input of [...inputs]) values.push(await input);
  return values;
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
