// fails: ordered
// The results of all calls stand in one array: calls that run at the same time mix theirs up.
const results = [];

export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new RangeError(`limit must be a whole number above 0, not ${limit}`);
  }
  signal?.throwIfAborted();

  const inner = new AbortController();
  const queue = tasks.entries();

  async function worker() {
    for (const [index, task] of queue) {
      if (inner.signal.aborted) return;
      try {
        const value = await task(inner.signal);
        results[index] = mode === 'collect' ? { status: 'fulfilled', value } : value;
      } catch (reason) {
        if (mode !== 'collect') {
          inner.abort();
          throw reason;
        }
        results[index] = { status: 'rejected', reason };
      }
    }
  }

  let cancel;
  const cancelled = new Promise((_, reject) => {
    cancel = () => {
      inner.abort(signal.reason);
      reject(signal.reason);
    };
  });
  signal?.addEventListener('abort', cancel);
  try {
    const workers = Array.from({ length: Math.min(limit, tasks.length) }, worker);
    await Promise.race([Promise.all(workers), cancelled]);
    return results.slice(0, tasks.length);
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}
