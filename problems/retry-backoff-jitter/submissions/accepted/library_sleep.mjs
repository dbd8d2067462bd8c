// The sleep of timers/promises, which takes the signal itself; its AbortError is exchanged for the
// caller's reason. The running attempt is raced against events.once.
import { setTimeout as sleep } from 'node:timers/promises';
import { once } from 'node:events';

async function unlessAborted(promise, signal) {
  if (!signal) return promise;
  const stop = new AbortController();
  const aborted = once(signal, 'abort', { signal: stop.signal }).then(() => {
    throw signal.reason;
  });
  aborted.catch(() => {});
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    stop.abort();
  }
}

export const retry = async (operation, options) => {
  const { retries, base, cap, factor = 2, random = Math.random, isRetryable, onOutcome, signal } = options;
  if (Math.floor(retries) !== retries || retries < 0) throw new RangeError('retries');
  const start = Date.now();
  const report = { attempts: 0, elapsed: 0, outcome: 'rejected' };
  try {
    if (signal?.aborted) throw signal.reason;
    for (let k = 0; ; k++) {
      report.attempts = k + 1;
      try {
        const promise = new Promise((resolve) => resolve(operation(signal)));
        const value = await unlessAborted(promise, signal);
        report.outcome = 'fulfilled';
        return value;
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        if (k >= retries) throw error;
        if (isRetryable !== undefined && isRetryable(error) === false) throw error;
      }
      await sleep(random() * Math.min(cap, base * factor ** k), null, { signal });
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
    report.outcome = 'aborted';
    throw signal.reason;
  } finally {
    report.elapsed = Date.now() - start;
    if (onOutcome) onOutcome(report);
  }
};
