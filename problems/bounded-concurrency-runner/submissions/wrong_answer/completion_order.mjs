// fails: ordered, collect
// Pushes results as they come in.
export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
  signal?.throwIfAborted();
  const results = [];
  const inner = new AbortController();
  const queue = tasks.values();
  const worker = async () => {
    for (const task of queue) {
      if (inner.signal.aborted) return;
      try {
        const value = await task(inner.signal);
        results.push(mode === 'collect' ? { status: 'fulfilled', value } : value);
      } catch (reason) {
        if (mode !== 'collect') {
          inner.abort();
          throw reason;
        }
        results.push({ status: 'rejected', reason });
      }
    }
  };
  let cancel;
  const cancelled = new Promise((_, reject) => {
    cancel = () => {
      inner.abort();
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
