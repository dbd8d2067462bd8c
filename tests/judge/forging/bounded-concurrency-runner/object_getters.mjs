// verdict: wrong_answer
// body: wrong_answer/never_aborts.mjs
// Accessors on Object.prototype stand in wherever the shim might look something up: what is
// aborted, which case, which index.
import { runWithConcurrency as body } from './body.mjs';

const lies = {
  aborted: true, reason: undefined, ok: true, value: undefined, index: 0, case: 1, call: 0,
  promise: true, timers: false, busy: false, get: undefined, listener: undefined, once: false,
};
const own = { __proto__: null, configurable: true, writable: true, enumerable: true };
for (const [name, lie] of Object.entries(lies)) {
  Object.defineProperty(Object.prototype, name, {
    __proto__: null, configurable: true, get: () => lie,
    set(value) { Object.defineProperty(this, name, { ...own, __proto__: null, value }); },
  });
}

export { body as runWithConcurrency };
