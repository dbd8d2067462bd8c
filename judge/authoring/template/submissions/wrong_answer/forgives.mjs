// fails: fails
// A failure becomes a missing value.
export const collect = (tasks) =>
  Promise.all(tasks.map((task) => task().catch(() => undefined)));
