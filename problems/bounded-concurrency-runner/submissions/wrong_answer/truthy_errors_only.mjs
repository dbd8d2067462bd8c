// fails: fails-fast, stops, edges
// `if (error)`: a task that fails with undefined, null, 0 or '' seems to have fulfilled.
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
    const run = async (index) => {
      const [record] = await Promise.allSettled([(async () => tasks[index](controller.signal))()]);
      if (mode === 'collect') {
        results[index] = record;
      } else if (record.reason) {
        return end(reject, record.reason);
      } else {
        results[index] = record.value;
      }
      active -= 1;
      fill();
    };
    const fill = () => {
      while (!over && active < limit && next < tasks.length) {
        active += 1;
        run(next++);
      }
      if (active === 0) end(resolve, results);
    };
    signal?.addEventListener('abort', cancel);
    fill();
  });
}
