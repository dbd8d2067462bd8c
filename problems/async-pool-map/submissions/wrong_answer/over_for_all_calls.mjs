// fails: ordered
// Whether a call is over is noted for the module: another one that runs then stops as well.
let over = false;

export async function poolMap(limit, source, mapper) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit must be 1 or more');
  const iterator = (source[Symbol.asyncIterator] ?? source[Symbol.iterator]).call(source);
  const results = [];
  let started = 0;
  over = false;

  async function work() {
    while (!over) {
      let step = iterator.next();
      if (source[Symbol.asyncIterator]) step = await step;
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
