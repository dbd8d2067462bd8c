// Starts the tasks, then waits for them in a loop that never lets the event loop turn.
export function runWithConcurrency(tasks, limit) {
  const results = [];
  let left = tasks.length;
  for (const [index, task] of tasks.slice(0, limit).entries()) {
    Promise.resolve(task(new AbortController().signal)).then((value) => {
      results[index] = value;
      left -= 1;
    });
  }
  while (left > 0);
  return Promise.resolve(results);
}
