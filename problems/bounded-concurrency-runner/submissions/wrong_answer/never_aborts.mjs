// fails: aborts
// Hands every task a signal that nobody ever aborts.
export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
  signal?.throwIfAborted();
  const results = new Array(tasks.length);
  const { signal: inner } = new AbortController();
  const queue = tasks.entries();
  let over = false;
  const worker = async () => {
    for (const [index, task] of queue) {
      if (over) return;
      try {
        const value = await task(inner);
        results[index] = mode === 'collect' ? { status: 'fulfilled', value } : value;
      } catch (reason) {
        if (mode !== 'collect') {
          over = true;
          throw reason;
        }
        results[index] = { status: 'rejected', reason };
      }
    }
  };
  let cancel;
  const cancelled = new Promise((_, reject) => {
    cancel = () => {
      over = true;
      reject(signal.reason);
    };
  });
  signal?.addEventListener('abort', cancel);
  try {
    await Promise.race([
      Promise.all(Array.from({ length: Math.min(limit, tasks.length) }, worker)),
      cancelled,
    ]);
    return results;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}
