// fails: all-values-in-order
// Brings the values into the order of their indices as text.

async function watch(input, onValue, onError) {
  let value;
  try {
    value = await input;
  } catch (error) {
    onError(error);
    return;
  }
  onValue(value);
}

export async function all(inputs) {
  const list = [...inputs];
  const values = [];
  if (list.length > 0) {
    await new Promise((resolve, reject) => {
      list.forEach((input, index) =>
        watch(
          input,
          (value) => {
            if (values.push([String(index), value]) === list.length) resolve();
          },
          reject,
        ),
      );
    });
  }
  return values.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

const record = async (input) => {
  try {
    return { status: 'fulfilled', value: await input };
  } catch (reason) {
    return { status: 'rejected', reason };
  }
};

export async function allSettled(inputs) {
  const pending = Array.from(inputs, record); // none of these rejects: one by one will do
  const records = [];
  for (const next of pending) records.push(await next);
  return records;
}

export async function race(inputs) {
  const list = [...inputs];
  return new Promise((resolve, reject) => list.forEach((input) => watch(input, resolve, reject)));
}

export async function any(inputs) {
  const list = [...inputs];
  const errors = new Map();
  const winner = await new Promise((resolve) => {
    if (list.length === 0) resolve(null);
    list.forEach((input, index) =>
      watch(
        input,
        (value) => resolve({ value }),
        (error) => {
          if (errors.set(index, error).size === list.length) resolve(null);
        },
      ),
    );
  });
  if (winner) return winner.value;
  throw new AggregateError(list.map((_, index) => errors.get(index)));
}
