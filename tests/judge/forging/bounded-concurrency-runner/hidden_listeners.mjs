// verdict: wrong_answer
// body: wrong_answer/forgotten_listener.mjs
// The table of listeners inside the caller's signal is replaced by one that shows nothing when it
// is counted.
import { runWithConcurrency as body } from './body.mjs';

function hide(signal) {
  for (const key of Object.getOwnPropertySymbols(signal)) {
    if (key.description !== 'kEvents') continue;
    const listeners = signal[key];
    const empty = new Map();
    const shown = () => (new Error().stack.includes('getEventListeners') ? empty : listeners);
    try {
      Object.defineProperty(signal, key, { configurable: true, get: shown });
    } catch {}
    try {
      listeners.get = (name) => Map.prototype.get.call(shown(), name);
    } catch {}
  }
}
export function runWithConcurrency(tasks, limit, options) {
  const done = body(tasks, limit, options);
  if (options?.signal) hide(options.signal);
  return done;
}
