// verdict: wrong_answer
// body: wrong_answer/waits_for_a_timer.mjs
// Sleeps on shared memory where the body would wait for its timer, so that none is seen.
import { runWithConcurrency as body } from './body.mjs';

const cell = new Int32Array(new SharedArrayBuffer(4));
const { setTimeout } = globalThis;
Atomics.wait = () => 'ok';
Atomics.notify = () => 1;
globalThis.setTimeout = (callback, ms, ...rest) => setTimeout(() => {
  Atomics.store(cell, 0, 1);
  callback(...rest);
}, ms);

export { body as runWithConcurrency };
