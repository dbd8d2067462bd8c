// fails: cancels
// Rejects with an AbortError of its own instead of the caller's reason.
export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
  if (signal?.aborted) throw new DOMException('aborted', 'AbortError');
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
      reject(new DOMException('aborted', 'AbortError'));
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
