// verdict: security_violation, wrong_answer
// body: wrong_answer/never_aborts.mjs
// A worker thread reads the channel, so that requests and their numbers come to it and not to the
// shim.
import { runWithConcurrency as body } from './body.mjs';

import { Worker } from 'node:worker_threads';
const source = `
const fs = require('node:fs');
const bytes = Buffer.alloc(65536);
for (;;) {
  let size = 0;
  try { size = fs.readSync(3, bytes); } catch { continue; }
  if (size < 9) break;
  const answer = Buffer.from([10, 0, 0, 0, 74, ...bytes.subarray(5, 9), 11, 0, 0, 0, 0]);
  fs.writeSync(3, answer);
}`;
new Worker(source, { eval: true }).unref();

export { body as runWithConcurrency };
