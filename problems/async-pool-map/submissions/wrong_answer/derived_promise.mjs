// fails: quiet
// The promise of `then` that tidies up is only waited for when all places are taken.
export async function poolMap(limit, source, mapper) {
  if (!(limit >= 1 && limit % 1 === 0)) throw new RangeError(`limit: ${limit}`);
  const results = [];
  const running = new Set();
  const calls = [];
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
    if (failure) throw failure.error;
  };

  for await (const item of source) {
    if (failure) throw failure.error;
    const call = start(item, count++);
    calls.push(call);
    const tidy = call.then(() => running.delete(tidy));
    running.add(tidy);
    while (running.size >= limit) await oneSettles();
  }
  await Promise.all(calls);
  return results;
}
