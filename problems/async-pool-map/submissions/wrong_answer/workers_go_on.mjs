// fails: stops, closes
// After a failure the other workers go on as if nothing had happened.
export async function poolMap(limit, source, mapper) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit must be 1 or more');
  const iterator = (source[Symbol.asyncIterator] ?? source[Symbol.iterator]).call(source);
  const results = [];
  let started = 0;
  let over = false;

  async function work() {
    while (!over) {
      let step = iterator.next();
      if (source[Symbol.asyncIterator]) step = await step;
      if (step.done) over = true;
      if (over) return;
      const index = started++;
      results[index] = await mapper(step.value, index);
    }
  }

  const workers = [];
  while (workers.length < limit && !over) workers.push(work());
  await Promise.all(workers);
  return results;
}
