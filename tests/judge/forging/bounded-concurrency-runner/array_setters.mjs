// verdict: wrong_answer
// body: wrong_answer/limit_plus_one.mjs
// Setters on Array.prototype swallow what is stored in fresh arrays, events about to be sent among
// them.
import { runWithConcurrency as body } from './body.mjs';

export function runWithConcurrency(tasks, limit, options) {
  const done = body(tasks, limit, options);
  for (let i = 0; i < 64; ++i) {
    Object.defineProperty(Array.prototype, i, {
      configurable: true, get: () => undefined, set() {},
    });
  }
  return done;
}
