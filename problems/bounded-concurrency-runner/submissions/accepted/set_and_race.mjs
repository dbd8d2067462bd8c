// A set of what runs and Promise.race to learn that one is through. A failed task stays in the set:
// then its failure is seen by the next race even when another one finished in the same turn, and
// its slot is not given away.
export const runWithConcurrency = async (tasks, limit, { mode = 'fail-fast', signal } = {}) => {
  if (!Number.isInteger(limit) || limit <= 0) throw new RangeError('limit');
  if (signal?.aborted) throw signal.reason;

  const all = new AbortController();
  const running = new Set();
  const results = [];
  results.length = tasks.length;

  let onAbort;
  const aborted = new Promise((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
  aborted.catch(() => {});
  const oneIsThrough = () => Promise.race([...running, aborted]);

  const start = (task, i) => {
    const asked = (async () => task(all.signal))();
    const outcome =
      mode === 'collect'
        ? asked.then(
            (value) => ({ status: 'fulfilled', value }),
            (reason) => ({ status: 'rejected', reason }),
          )
        : asked;
    const entry = outcome.then((value) => {
      results[i] = value;
      running.delete(entry);
    });
    entry.catch(() => {});
    running.add(entry);
  };

  try {
    for (let i = 0; i < tasks.length; i++) {
      while (running.size >= limit) await oneIsThrough();
      start(tasks[i], i);
    }
    while (running.size > 0) await oneIsThrough();
    return results;
  } catch (error) {
    all.abort(error);
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
};
