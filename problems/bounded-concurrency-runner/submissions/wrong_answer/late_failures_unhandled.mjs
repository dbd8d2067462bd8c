// fails: quiet
// Nobody listens to the tasks that are still running once the call has rejected.
export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const results = new Array(tasks.length);
    let next = 0;
    let active = 0;
    let over = false;
    const end = (settle, value) => {
      over = true;
      signal?.removeEventListener('abort', cancel);
      controller.abort();
      settle(value);
    };
    const cancel = () => end(reject, signal.reason);
    const run = async (index) => {
      try {
        const value = await tasks[index](controller.signal);
        if (over) return;
        results[index] = mode === 'collect' ? { status: 'fulfilled', value } : value;
      } catch (reason) {
        if (over) throw reason;
        if (mode !== 'collect') return end(reject, reason);
        results[index] = { status: 'rejected', reason };
      }
      active -= 1;
      fill();
    };
    const fill = () => {
      while (!over && active < limit && next < tasks.length) {
        active += 1;
        run(next++);
      }
      if (!over && active === 0) end(resolve, results);
    };
    signal?.addEventListener('abort', cancel);
    fill();
  });
}
