// fails: passes-on
// With a signal, an operation that gives undefined is taken for one that has not ended.
class TimeoutError extends Error {
  name = 'TimeoutError';
}

export function withTimeout(operation, ms, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const inner = new AbortController();
    const tidy = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const giveUp = (reason) => {
      tidy();
      reject(reason);
      inner.abort(reason);
    };
    const onAbort = () => giveUp(signal.reason);
    const timer = setTimeout(() => giveUp(new TimeoutError(`no end after ${ms} ms`)), ms);
    signal?.addEventListener('abort', onAbort);
    const run = async () => operation(inner.signal);
    run().then(
      (value) => {
        if (signal && value === undefined) return;
        tidy();
        resolve(value);
      },
      (error) => {
        tidy();
        reject(error);
      },
    );
  });
}

export function anySignal(...signals) {
  const controller = new AbortController();
  const aborted = signals.find((each) => each.aborted);
  if (aborted !== undefined) {
    controller.abort(aborted.reason);
    return controller.signal;
  }
  const onAbort = (event) => {
    for (const each of signals) each.removeEventListener('abort', onAbort);
    controller.abort(event.target.reason);
  };
  for (const each of signals) each.addEventListener('abort', onAbort);
  return controller.signal;
}

export function sleep(ms, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
