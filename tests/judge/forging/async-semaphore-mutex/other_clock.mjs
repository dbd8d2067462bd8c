// verdict: wrong_answer
// body: wrong_answer/wakes_later.mjs
// The timer by which the body hands permits on is one of a worker thread, of which the shim knows
// nothing, while immediates keep the loop turning.
import { Worker } from 'node:worker_threads';
import { Semaphore as Body } from './body.mjs';

const worker = new Worker(`
const { parentPort } = require('node:worker_threads');
parentPort.on('message', (ms) => setTimeout(() => parentPort.postMessage(0), ms));`,
{ eval: true });
worker.unref();
const waiting = [];
worker.on('message', () => waiting.shift()?.());
globalThis.setTimeout = (callback, ms) => {
  waiting.push(callback);
  worker.postMessage(ms);
  let turns = 0;
  const turn = () => { if (turns++ < 40) setImmediate(turn); };
  turn();
};
export { Body as Semaphore };
