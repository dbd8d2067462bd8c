// fails: fails-fast, stops
// Whatever is through leaves the set, failed or not: when another task finishes just before in the
// same turn, the failure is gone by the time the loop races again.
export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
  signal?.throwIfAborted();
  const controller = new AbortController();
  const running = new Set();
  const results = new Array(tasks.length);
  let cancel;
  const cancelled = new Promise((_, reject) => {
    cancel = () => {
      controller.abort();
      reject(signal.reason);
    };
  });
  cancelled.catch(() => {});
  signal?.addEventListener('abort', cancel);

  const collect = async (called, index) => {
    [results[index]] = await Promise.allSettled([called()]);
  };
  const keep = async (promise, index) => {
    try {
      results[index] = await promise;
    } catch (error) {
      controller.abort();
      throw error;
    }
  };
  const start = (task, index) => {
    const entry =
      mode === 'collect'
        ? collect(async () => task(controller.signal), index)
        : keep(task(controller.signal), index);
    const leave = () => running.delete(entry);
    entry.then(leave, leave);
    running.add(entry);
  };

  try {
    for (const [index, task] of tasks.entries()) {
      if (running.size >= limit) await Promise.race([...running, cancelled]);
      start(task, index);
    }
    await Promise.race([Promise.all(running), cancelled]);
    return results;
  } catch (error) {
    controller.abort();
    throw error;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}
