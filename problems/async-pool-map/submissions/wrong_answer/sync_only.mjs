// fails: sources, busy, plain-mappers, broken-sources, edges
// Knows only iterators that are not async.
export async function poolMap(limit, source, mapper) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit must be 1 or more');
  const iterator = source[Symbol.iterator]();
  const results = [];
  let started = 0;
  let over = false;

  async function work() {
    while (!over) {
      const step = iterator.next();
      if (step.done) over = true;
      if (over) return;
      const index = started++;
      try {
        results[index] = await mapper(step.value, index);
      } catch (error) {
        if (!over) close();
        throw error;
      }
    }
  }

  function close() {
    over = true;
    Promise.resolve(iterator.return?.()).catch(() => {});
  }

  const workers = [];
  while (workers.length < limit && !over) workers.push(work());
  await Promise.all(workers);
  return results;
}
