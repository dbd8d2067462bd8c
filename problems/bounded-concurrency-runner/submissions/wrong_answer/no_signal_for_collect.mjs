// fails: aborts
// Without a signal of the caller's, tasks in collect mode get none either: who would abort it?
export function runWithConcurrency(tasks, limit, options = {}) {
  if (!(limit >= 1) || limit % 1 !== 0) {
    throw new RangeError('limit must be a whole number above 0');
  }
  const collecting = options.mode === 'collect';
  const { signal } = options;

  return new Promise((resolve, reject) => {
    const results = tasks.map(() => undefined);
    const controllers = new Map();
    let next = 0;
    let active = 0;
    let over = false;

    function finish(settle, value) {
      if (over) return;
      over = true;
      if (signal) signal.removeEventListener('abort', cancel);
      for (const controller of controllers.values()) controller.abort();
      settle(value);
    }

    function cancel() {
      finish(reject, signal.reason);
    }

    function done(index, record) {
      active -= 1;
      controllers.delete(index);
      if (over) return;
      if (collecting) {
        results[index] = record;
      } else if (record.status === 'rejected') {
        finish(reject, record.reason);
        return;
      } else {
        results[index] = record.value;
      }
      fill();
    }

    function start(index) {
      const controller = new AbortController();
      controllers.set(index, controller);
      active += 1;
      const own = collecting && !signal ? undefined : controller.signal;
      let outcome;
      try {
        outcome = Promise.resolve(tasks[index](own));
      } catch (error) {
        outcome = Promise.reject(error);
      }
      outcome.then(
        (value) => done(index, { status: 'fulfilled', value }),
        (reason) => done(index, { status: 'rejected', reason }),
      );
    }

    function fill() {
      while (!over && active < limit && next < tasks.length) start(next++);
      if (active === 0 && next >= tasks.length) finish(resolve, results);
    }

    if (signal && signal.aborted) {
      over = true;
      reject(signal.reason);
      return;
    }
    if (signal) signal.addEventListener('abort', cancel, { once: true });
    fill();
  });
}
