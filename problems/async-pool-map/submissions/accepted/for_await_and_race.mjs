// One loop; it waits for a place after each start, so that the next item is pulled only then.
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
  const oneSettles = async () => {
    await Promise.race(running);
    if (failure) throw failure.error;
  };

  for await (const item of source) {
    if (failure) throw failure.error;
    const call = start(item, count++).finally(() => running.delete(call));
    running.add(call);
    while (running.size >= limit) await oneSettles();
  }
  while (running.size > 0) await oneSettles();
  if (failure) throw failure.error;
  return results;
}
