// fails: busy
// One wake-up starts one task: of two slots that become free in one turn only one is filled again.
export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
  signal?.throwIfAborted();
  const controller = new AbortController();
  const results = new Array(tasks.length);
  const failures = [];
  let done = 0;
  let seen = 0;
  let next = 0;
  let wake = () => {};
  const cancel = () => {
    failures.push(signal.reason);
    wake();
  };
  signal?.addEventListener('abort', cancel);

  const start = async () => {
    const index = next++;
    try {
      const value = await tasks[index](controller.signal);
      results[index] = mode === 'collect' ? { status: 'fulfilled', value } : value;
    } catch (reason) {
      if (mode === 'collect') results[index] = { status: 'rejected', reason };
      else failures.push(reason);
    }
    done += 1;
    wake();
  };

  try {
    while (next < Math.min(limit, tasks.length)) start();
    while (done < tasks.length || failures.length > 0) {
      if (done === seen && failures.length === 0) await new Promise((resolve) => (wake = resolve));
      if (failures.length > 0) throw failures[0];
      seen = done;
      if (next < tasks.length) start();
    }
    return results;
  } catch (error) {
    controller.abort();
    throw error;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}
