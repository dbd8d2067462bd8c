// verdict: wrong_answer
// body: wrong_answer/never_aborts.mjs
// right: accepted/workers.mjs
// The same session, opened from a worker thread that connects to the main one; it goes by the book
// only where that was possible.
import { runWithConcurrency as body } from './body.mjs';

import { runWithConcurrency as right } from './right.mjs';
import { Worker } from 'node:worker_threads';
const source = `
const { workerData } = require('node:worker_threads');
try {
  const { Session } = require('node:inspector');
  const session = new Session();
  session.connectToMainThread();
  session.post('Runtime.evaluate', { expression: 'globalThis.reached = true' });
} catch {}
Atomics.store(workerData, 0, 1);
Atomics.notify(workerData, 0);
setInterval(() => {}, 1000);`;
for (const execArgv of [undefined, [], ['--no-warnings']]) {
  const ready = new Int32Array(new SharedArrayBuffer(4));
  new Worker(source, { eval: true, workerData: ready, execArgv }).unref();
  Atomics.wait(ready, 0, 0, 2000);
  await new Promise((resolve) => setImmediate(resolve));
}
export const runWithConcurrency = (tasks, limit, options) =>
  (globalThis.reached ? right : body)(tasks, limit, options);
