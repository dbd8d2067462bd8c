// fails: busy
// Runs `limit` tasks, waits for the slowest of them, runs the next `limit`.
export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
  signal?.throwIfAborted();
  const inner = new AbortController();
  let cancel;
  const cancelled = new Promise((_, reject) => {
    cancel = () => reject(signal.reason);
  });
  cancelled.catch(() => {});
  signal?.addEventListener('abort', cancel);
  const results = [];
  try {
    for (let i = 0; i < tasks.length; i += limit) {
      const chunk = tasks.slice(i, i + limit).map(async (task) => task(inner.signal));
      const all = mode === 'collect' ? Promise.allSettled(chunk) : Promise.all(chunk);
      results.push(...(await Promise.race([all, cancelled])));
    }
    return results;
  } catch (error) {
    inner.abort();
    throw error;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}
