// fails: stops
// The call rejects and the running tasks are aborted, but the other workers go on through the list.
export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
  signal?.throwIfAborted();
  const results = new Array(tasks.length);
  const inner = new AbortController();
  const queue = tasks.entries();
  let cancelledFromOutside = false;
  const worker = async () => {
    for (const [index, task] of queue) {
      if (cancelledFromOutside) return;
      if (mode === 'collect') {
        [results[index]] = await Promise.allSettled([(async () => task(inner.signal))()]);
      } else {
        results[index] = await task(inner.signal);
      }
    }
  };
  let cancel;
  const cancelled = new Promise((_, reject) => {
    cancel = () => {
      cancelledFromOutside = true;
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
  } catch (error) {
    inner.abort();
    throw error;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}
