// fails: quiet
// The bookkeeping hangs on a promise of its own, made by `finally`, and nobody handles that one.
export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
  signal?.throwIfAborted();
  const controller = new AbortController();
  const queue = tasks.entries();
  const results = new Array(tasks.length);
  const running = new Set();
  let cancel;
  const cancelled = new Promise((_, reject) => {
    cancel = () => {
      controller.abort();
      reject(signal.reason);
    };
  });
  signal?.addEventListener('abort', cancel);
  const worker = async () => {
    for (const [index, task] of queue) {
      if (controller.signal.aborted) return;
      const job = (async () => task(controller.signal))();
      running.add(job);
      if (mode === 'collect') {
        [results[index]] = await Promise.allSettled([job]);
      } else {
        job.finally(() => running.delete(job));
        try {
          results[index] = await job;
        } catch (error) {
          controller.abort();
          throw error;
        }
      }
    }
  };
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
