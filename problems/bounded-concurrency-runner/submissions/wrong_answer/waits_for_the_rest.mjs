// fails: fails-fast
// Rejects with the right error, but only after every running task has settled.
export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
  signal?.throwIfAborted();
  const results = new Array(tasks.length);
  const inner = new AbortController();
  const failures = [];
  const queue = tasks.entries();
  const worker = async () => {
    for (const [index, task] of queue) {
      if (inner.signal.aborted) return;
      try {
        const value = await task(inner.signal);
        results[index] = mode === 'collect' ? { status: 'fulfilled', value } : value;
      } catch (reason) {
        if (mode !== 'collect') {
          failures.push(reason);
          inner.abort();
          return;
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
    if (failures.length > 0) throw failures[0];
    return results;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}
