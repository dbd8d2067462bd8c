// fails: broken-sources
// When the source fails, waits for the calls that run before it rejects.
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

  const watched = (async function* () {
    try {
      yield* source;
    } catch (error) {
      await Promise.all(running);
      throw error;
    }
  })();
  for await (const item of watched) {
    if (failure) throw failure.error;
    const call = start(item, count++).finally(() => running.delete(call));
    running.add(call);
    while (running.size >= limit) await oneSettles();
  }
  while (running.size > 0) await oneSettles();
  if (failure) throw failure.error;
  return results;
}
