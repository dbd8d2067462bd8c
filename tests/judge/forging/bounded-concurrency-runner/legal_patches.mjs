// verdict: accepted
// body: accepted/workers.mjs
// No forging, and no harm: polyfills, listeners for what the process reports, patches of classes
// that belong to the solution.
import { runWithConcurrency as body } from './body.mjs';

import process from 'node:process';
if (!Array.prototype.last) {
  Object.defineProperty(Array.prototype, 'last', {
    configurable: true, writable: true, value() { return this[this.length - 1]; },
  });
}
Promise.withResolvers ??= function () {
  const made = {};
  made.promise = new this((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
};
Promise.try ??= async (function_) => function_();
AbortSignal.any ??= (signals) => signals[0];
class Queue extends Array {}
Queue.prototype.push = function (...values) {
  for (const value of values) this[this.length] = value;
  return this.length;
};
process.on('warning', () => {});
process.on('unhandledRejection', (error) => console.error(error));
process.on('exit', () => {});
const emit = process.emit;
process.emit = function (...values) { return emit.apply(this, values); };
export const runWithConcurrency = (...values) => Promise.try(() => body(...values));
