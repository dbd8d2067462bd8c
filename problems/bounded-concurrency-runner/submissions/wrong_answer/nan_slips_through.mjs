// fails: edges
// `limit < 1` lets NaN and fractions through.
export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (limit < 1) throw new RangeError('limit');
  signal?.throwIfAborted();
  const results = new Array(tasks.length);
  const inner = new AbortController();
  const queue = tasks.entries();
  const worker = async () => {
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
