// Odd but right: an async generator yields the inputs' settlements as they come, and each
// combinator reads as much of it as it needs.

async function* settlements(inputs) {
  const ready = [];
  let wake = () => {};
  let expected = 0;
  for (const input of inputs) {
    const index = expected++;
    const put = (ok) => (value) => {
      ready.push({ index, ok, value });
      wake();
    };
    Promise.resolve(input).then(put(true), put(false));
  }
  for (let seen = 0; seen < expected; seen += 1) {
    if (ready.length === 0) await new Promise((resolve) => (wake = resolve));
    yield { ...ready.shift(), expected };
  }
}

export async function all(inputs) {
  const values = [];
  for await (const { index, ok, value } of settlements(inputs)) {
    if (!ok) throw value;
    values[index] = value;
  }
  return values;
}

export async function allSettled(inputs) {
  const records = [];
  for await (const { index, ok, value } of settlements(inputs)) {
    records[index] = ok ? { status: 'fulfilled', value } : { status: 'rejected', reason: value };
  }
  return records;
}

export async function race(inputs) {
  for await (const { ok, value } of settlements(inputs)) {
    if (ok) return value;
    throw value;
  }
  return new Promise(() => {});
}

export async function any(inputs) {
  const errors = [];
  for await (const { index, ok, value } of settlements(inputs)) {
    if (ok) return value;
    errors[index] = value;
  }
  throw new AggregateError(errors, 'no input fulfilled');
}
