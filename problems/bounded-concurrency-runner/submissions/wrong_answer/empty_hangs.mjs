// fails: edges
// Settles when the last task does: with no tasks, never.
export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const results = new Array(tasks.length);
    let next = 0;
    let left = tasks.length;
    let over = false;
    const end = (settle, value) => {
      if (over) return;
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
        if (mode !== 'collect') return end(reject, reason);
        results[index] = { status: 'rejected', reason };
      }
      left -= 1;
      if (left === 0) end(resolve, results);
      else start();
    };
    signal?.addEventListener('abort', cancel);
    for (let i = 0; i < limit; i++) start();
  });
}
