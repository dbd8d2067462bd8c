// fails: all-at-once
// Each task waits for the one before it.
export async function collect(tasks) {
  const values = [];
  for (const task of tasks) values.push(await task());
  return values;
}
