// verdict: security_violation
// body: wrong_answer/never_aborts.mjs
// says: the program wrote to the judge's own channel: answered a request that was not asked
// A worker thread says on the channel, again and again, that the tasks were aborted.
import { runWithConcurrency as body } from './body.mjs';

import { Worker } from 'node:worker_threads';
const source = `
const fs = require('node:fs');
const u32 = (n) => [n & 255, (n >>> 8) & 255, (n >>> 16) & 255, n >>> 24];
for (let sequence = 1; sequence < 40; ++sequence) {
  fs.writeSync(3, Buffer.from([...u32(10), 74, ...u32(sequence), 11, ...u32(0)]));
}`;
const worker = new Worker(source, { eval: true });
await new Promise((resolve) => worker.once('exit', resolve));

export { body as runWithConcurrency };
