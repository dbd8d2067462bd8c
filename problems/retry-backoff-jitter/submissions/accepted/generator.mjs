// Odd but right: the ceilings come from a generator, attempts and waits are events.
import { EventEmitter } from 'node:events';

function* ceilings({ retries, base, cap, factor = 2 }) {
  for (let k = 0; k < retries; ++k) yield Math.min(cap, base * Math.pow(factor, k));
}

export const retry = function (operation, options) {
  const { retries, random = Math.random, isRetryable, onOutcome, signal } = options;
  if (![retries].every((n) => Number.isInteger(n) && n >= 0)) {
    return Promise.reject(new RangeError('retries'));
  }
  const bus = new EventEmitter();
  const waits = ceilings(options);
  const began = Date.now();
  let attempts = 0;
  let timer = null;
  const listener = { handleEvent: () => bus.emit('end', 'aborted', signal.reason) };

  bus.on('attempt', async () => {
    attempts += 1;
    try {
      const value = await operation(signal);
      bus.emit('end', 'fulfilled', value);
    } catch (error) {
      bus.emit('failed', error);
    }
  });
  bus.on('failed', (error) => {
    const { done, value: ceiling } = waits.next();
    if (done || isRetryable?.(error) === false) return bus.emit('end', 'rejected', error);
    timer = setTimeout(() => bus.emit('attempt'), Math.round(random() * ceiling));
  });
  return new Promise((resolve, reject) => {
    bus.once('end', (outcome, result) => {
      bus.removeAllListeners();
      clearTimeout(timer);
      signal?.removeEventListener('abort', listener);
      (outcome === 'fulfilled' ? resolve : reject)(result);
      onOutcome?.({ attempts, elapsed: Date.now() - began, outcome, at: new Date() });
    });
    if (signal?.aborted) return listener.handleEvent();
    signal?.addEventListener('abort', listener);
    bus.emit('attempt');
  });
};
