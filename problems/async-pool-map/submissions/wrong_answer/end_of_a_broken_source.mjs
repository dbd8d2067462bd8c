// fails: broken-sources
// Takes the failure of a source for its end.
export async function poolMap(limit, source, mapper) {
  if (!(limit >= 1 && limit % 1 === 0)) throw new RangeError(`limit: ${limit}`);
  const results = [];
  const running = new Set();
  let failure;
  let count = 0;

  const start = async (item, index) => {
    try {
      results[index] = await mapper(item, index);
    } catch (error) {
      failure ??= { error };
    }
  };
  const items = (source[Symbol.asyncIterator] ?? source[Symbol.iterator]).call(source);
  const oneSettles = async () => {
    await Promise.race(running);
    if (failure) { await items.return(); throw failure.error; }
  };

  for (;;) {
    const { done, value: item } = await new Promise((r) => r(items.next())).catch(() => ({ done: true }));
    if (done) break;
    if (failure) { await items.return(); throw failure.error; }
    const call = start(item, count++).finally(() => running.delete(call));
    running.add(call);
    while (running.size >= limit) await oneSettles();
  }
  while (running.size > 0) await oneSettles();
  if (failure) throw failure.error;
  return results;
}
