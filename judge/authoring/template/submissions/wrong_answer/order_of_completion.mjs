// fails: ordered
// Values stand in the order in which the tasks end.
export async function collect(tasks) {
  const values = [];
  await Promise.all(tasks.map(async (task) => values.push(await task())));
  return values;
}
