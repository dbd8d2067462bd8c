// verdict: wrong_answer
// body: wrong_answer/waits_for_a_timer.mjs
// The functions that let a turn pass never call back whoever is in the way of a timer.
import { runWithConcurrency as body } from './body.mjs';

import timers from 'node:timers';
import { syncBuiltinESMExports } from 'node:module';
const { setImmediate } = globalThis;
const slow = (callback) => setImmediate(() => setImmediate(callback));
for (const owner of [globalThis, timers]) {
  owner.setImmediate = owner.queueMicrotask = slow;
  owner.clearImmediate = owner.clearTimeout = () => {};
}
process.nextTick = slow;
syncBuiltinESMExports();

export { body as runWithConcurrency };
