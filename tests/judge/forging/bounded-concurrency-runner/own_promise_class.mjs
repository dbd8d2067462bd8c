// verdict: wrong_answer
// body: wrong_answer/never_settles.mjs
// A subclass of Promise that settles by itself with what the judge used to send.
import { runWithConcurrency as body } from './body.mjs';

const earlier = [];
class Settled extends Promise {
  constructor(executor) {
    super((resolve, reject) => {
      executor(resolve, reject);
      setImmediate(() => resolve(earlier.slice(0, 3)));
    });
  }
}
globalThis.Promise = Settled;
export const runWithConcurrency = (tasks, limit, options) => new Settled((resolve) => {
  body(tasks, limit, options).then(resolve);
  for (const task of tasks.slice(0, limit)) task()?.then?.((value) => earlier.push(value));
});
