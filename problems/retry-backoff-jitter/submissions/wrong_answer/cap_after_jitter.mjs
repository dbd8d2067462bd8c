// fails: backoff, jitter
// Caps what was drawn, not what it is drawn from: late waits pile up at the cap.
function abortion(signal) {
  let stop = () => {};
  const promise = new Promise((_, reject) => {
    if (signal === undefined) return;
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    stop = () => signal.removeEventListener('abort', onAbort);
  });
  promise.catch(() => {});
  return { promise, stop };
}

export async function retry(operation, options) {
  const { retries, base, cap, factor = 2, random = Math.random, signal } = options;
  const { isRetryable = () => true, onOutcome = () => {} } = options;
  if (!Number.isInteger(retries) || retries < 0) throw new RangeError('retries must be 0 or more');
  const began = performance.now();
  const aborted = abortion(signal);
  let attempts = 0;
  let timer;
  let outcome = 'rejected';
  try {
    signal?.throwIfAborted();
    for (;;) {
      try {
        ++attempts;
        const running = (async () => operation(signal))();
        const value = await Promise.race([running, aborted.promise]);
        outcome = 'fulfilled';
        return value;
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        if (attempts > retries || !isRetryable(error)) throw error;
      }
      const wait = Math.min(cap, random() * base * factor ** (attempts - 1));
      const slept = new Promise((resolve) => {
        timer = setTimeout(resolve, wait);
      });
      await Promise.race([slept, aborted.promise]);
    }
  } catch (error) {
    if (signal?.aborted) outcome = 'aborted';
    throw error;
  } finally {
    clearTimeout(timer);
    aborted.stop();
    onOutcome({ attempts, elapsed: performance.now() - began, outcome });
  }
}
