// fails: fails-fast, stops
// A failure is missed when another call, which is through before it, wins the race.
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
      throw error;
    }
  };
  const oneSettles = async () => {
    await Promise.race(running);
  };

  for await (const item of source) {
    const call = start(item, count++).finally(() => running.delete(call));
    call.catch(() => {});
    running.add(call);
    while (running.size >= limit) await oneSettles();
  }
  while (running.size > 0) await oneSettles();
  if (failure) throw failure.error;
  return results;
}
