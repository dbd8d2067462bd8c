// fails: bounded, lazy, sources, fails-fast
// Looks for the wrong promise in the list of those that run, does not find it, and removes the last.
export async function poolMap(limit, source, mapper) {
  if (!(limit >= 1 && limit % 1 === 0)) throw new RangeError(`limit: ${limit}`);
  const results = [];
  const running = [];
  const calls = [];
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
    const call = start(item, count++);
    calls.push(call);
    running.push(call.then(() => running.splice(running.indexOf(call), 1)));
    if (running.length >= limit) await oneSettles();
  }
  await Promise.all(calls);
  if (failure) throw failure.error;
  return results;
}
