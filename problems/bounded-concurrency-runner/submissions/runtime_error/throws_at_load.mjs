// Does not survive its own loading.
export function runWithConcurrency(tasks, limit) {
  return pool.run(tasks, limit);
}

const pool = createPool();
