// fails: edges
// Looks at the limit only after the first task has been started.
export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
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
    const workers = [worker()];
    if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
    while (workers.length < limit && workers.length < tasks.length) workers.push(worker());
    await Promise.race([Promise.all(workers), cancelled]);
    return results;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}
