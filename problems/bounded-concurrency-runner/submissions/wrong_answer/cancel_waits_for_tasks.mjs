// fails: cancels
// Looks at the caller's signal only between tasks.
export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
  const results = new Array(tasks.length);
  const inner = new AbortController();
  const queue = tasks.entries();
  const worker = async () => {
    for (const [index, task] of queue) {
      if (inner.signal.aborted) return;
      signal?.throwIfAborted();
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
  const cancel = () => inner.abort(signal.reason);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    await Promise.all(Array.from({ length: Math.min(limit, tasks.length) }, worker));
    return results;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}
