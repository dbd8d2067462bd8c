// fails: busy
// Lets a millisecond pass before it fills a slot again.
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
      if (over) return;
      over = true;
      signal?.removeEventListener('abort', cancel);
      controller.abort();
      settle(value);
    };
    const cancel = () => end(reject, signal.reason);
    const start = async (index) => {
      active += 1;
      try {
        const value = await tasks[index](controller.signal);
        results[index] = mode === 'collect' ? { status: 'fulfilled', value } : value;
      } catch (reason) {
        if (mode !== 'collect') return end(reject, reason);
        results[index] = { status: 'rejected', reason };
      }
      active -= 1;
      if (next < tasks.length) setTimeout(fill, 1);
      else fill();
    };
    const fill = () => {
      while (!over && active < limit && next < tasks.length) start(next++);
      if (active === 0) end(resolve, results);
    };
    signal?.addEventListener('abort', cancel);
    fill();
  });
}
