// fails: ordered
// A result that is undefined or null is left out.
export async function poolMap(limit, source, mapper) {
  if (!(limit >= 1 && limit % 1 === 0)) throw new RangeError(`limit: ${limit}`);
  const results = [];
  const running = new Set();
  let failure;
  let count = 0;

  const start = async (item, index) => {
    try {
      const result = await mapper(item, index);
      if (result != null) results[index] = result;
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
