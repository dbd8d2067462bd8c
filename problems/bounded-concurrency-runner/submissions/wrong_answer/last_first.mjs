// fails: ordered
// Takes tasks from the end of the list; the results are in the right places all the same.
export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
  signal?.throwIfAborted();
  const results = new Array(tasks.length);
  const inner = new AbortController();
  const stack = [...tasks.entries()];
  const worker = async () => {
    while (stack.length > 0 && !inner.signal.aborted) {
      const [index, task] = stack.pop();
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
