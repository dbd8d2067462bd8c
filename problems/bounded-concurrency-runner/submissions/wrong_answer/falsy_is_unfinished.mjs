// fails: ordered
// Takes a falsy result for "not finished yet" and never settles.
export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
  signal?.throwIfAborted();
  if (tasks.length === 0) return [];
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const results = tasks.map(() => null);
    let next = 0;
    let over = false;
    const end = (settle, value) => {
      over = true;
      signal?.removeEventListener('abort', cancel);
      controller.abort();
      settle(value);
    };
    const cancel = () => end(reject, signal.reason);
    const start = async () => {
      if (over || next === tasks.length) return;
      const index = next++;
      try {
        const value = await tasks[index](controller.signal);
        results[index] = mode === 'collect' ? { status: 'fulfilled', value } : value;
      } catch (reason) {
        if (over) return;
        if (mode !== 'collect') return end(reject, reason);
        results[index] = { status: 'rejected', reason };
      }
      if (over) return;
      if (results.every((result) => result)) return end(resolve, results);
      start();
    };
    signal?.addEventListener('abort', cancel);
    for (let i = 0; i < limit; i++) start();
  });
}
