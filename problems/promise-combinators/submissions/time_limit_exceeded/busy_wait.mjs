// Waits for its inputs in a busy loop, in which no promise can ever settle.

export function all(inputs) {
  const values = [];
  let missing = 0;
  for (const input of inputs) {
    const index = missing++;
    Promise.resolve(input).then((value) => {
      values[index] = value;
      missing -= 1;
    });
  }
  while (missing > 0);
  return Promise.resolve(values);
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

export async function race(inputs) {
  return new Promise((resolve, reject) => {
    for (const input of inputs) Promise.resolve(input).then(resolve, reject);
  });
}

export async function any(inputs) {
  const records = await allSettled(inputs);
  const winner = records.find(({ status }) => status === 'fulfilled');
  if (winner) return winner.value;
  throw new AggregateError(records.map(({ reason }) => reason));
}
