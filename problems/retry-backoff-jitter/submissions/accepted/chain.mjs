// Odd but right: all waits are drawn beforehand, and the chain of attempts is folded over them.
export async function retry(operation, options) {
  const { retries, base, cap, factor = 2, random = Math.random, signal } = options;
  if (!(Number.isInteger(retries) && retries >= 0)) throw new RangeError('retries');
  const waits = Array.from({ length: retries }, (_, k) => random() * Math.min(cap, base * factor ** k));
  const clear = new Set();
  const stop = {};
  const t0 = performance.now();
  let attempts = 0;
  const leave = new Promise((_, reject) => {
    const abort = () => reject(Object.assign(stop, { reason: signal.reason }));
    if (!signal) return;
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort);
    clear.add(() => signal.removeEventListener('abort', abort));
  });
  const pause = (ms) => new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    clear.add(() => clearTimeout(timer));
  });
  const once = async () => {
    if ('reason' in stop || signal?.aborted) throw stop;
    attempts += 1;
    return operation(signal);
  };
  const again = (chain, wait) => chain.catch(async (error) => {
    if (error === stop || final.has(error)) throw error;
    if (signal?.aborted) throw stop;
    if (options.isRetryable && !options.isRetryable(error)) {
      final.add(error);
      throw error;
    }
    await pause(wait);
    return once();
  });
  const final = new Set();
  let outcome = 'rejected';
  try {
    const all = waits.reduce(again, once());
    const value = await Promise.race([all, leave]);
    outcome = 'fulfilled';
    return value;
  } catch (error) {
    if (error !== stop) throw error;
    outcome = 'aborted';
    throw signal.reason;
  } finally {
    for (const each of clear) each();
    options.onOutcome?.({ attempts, elapsed: performance.now() - t0, outcome });
  }
}
