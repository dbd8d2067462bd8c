// fails: bounded
// `<=` where the first tasks are started: one too many, until the first of them is through.
export function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1) return Promise.reject(new RangeError('limit'));
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
      while (!over && active < limit && next < tasks.length) start(next++);
      if (active === 0) end(resolve, results);
    };
    if (signal?.aborted) return cancel();
    signal?.addEventListener('abort', cancel);
    while (!over && next <= limit && next < tasks.length) start(next++);
    if (tasks.length === 0) end(resolve, results);
  });
}
