// Every kind of timer that Node has, and work that takes processor time beside them.
import { pbkdf2 } from 'node:crypto';
import { readFile } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

const start = Date.now();
const began = performance.now();
const hr = process.hrtime.bigint();
const say = (what) => console.log(what, Date.now() - start);

say(new Date(start).toISOString());
setTimeout(() => say('timeout 50'), 50);
setTimeout(() => say('timeout 5'), 5);
setTimeout(() => say('timeout 1'), 1);
await Promise.all([
  new Promise((done) => pbkdf2('a', 'b', 50_000, 64, 'sha512', done)),
  new Promise((done) => readFile('/usr/bin/env', done)),
]);
say('work in the thread pool');
await sleep(10);
say('promise');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5000);
say('Atomics.wait');
AbortSignal.timeout(100).addEventListener('abort', () => say('AbortSignal.timeout'));
await sleep(200);
let ticks = 0;
await new Promise((done) => {
  const interval = setInterval(() => {
    say('interval');
    if (++ticks === 3) done(clearInterval(interval));
  }, 60_000);
});
const worker = new Worker(
  `const { parentPort } = require('node:worker_threads');
   setTimeout(() => parentPort.postMessage(0), 7000);`, { eval: true });
await new Promise((done) => worker.on('message', done));
await worker.terminate();
say('worker');
const spinning = Date.now();
while (Date.now() - spinning < 20);
say('spun');
await sleep(20 * 24 * 3600 * 1000);
say('20 days');
const same = Math.round(performance.now() - began) === Date.now() - start &&
  Number((process.hrtime.bigint() - hr) / 1_000_000n) === Date.now() - start;
console.log(same ? 'all clocks agree' : 'clocks differ');
