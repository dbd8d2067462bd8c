// Starts all, then waits for one after the other.
export async function collect(tasks) {
  const running = tasks.map((task) => task());
  for (const each of running) each.catch(() => {}); // whoever fails later is waited for later
  const values = [];
  for (const each of running) values.push(await each);
  return values;
}
