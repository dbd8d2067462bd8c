// verdict: wrong_answer
// body: wrong_answer/late_failures_unhandled.mjs
// Promise.prototype.then and its kin hand every error of the shim's promises to a handler that
// drops it, during the call.
import { runWithConcurrency as body } from './body.mjs';

const { then } = Promise.prototype;
export function runWithConcurrency(tasks, limit, options) {
  Promise.prototype.then = function (onFulfilled, onRejected) {
    return then.call(this, onFulfilled, onRejected ?? (() => {}));
  };
  Promise.prototype.catch = function () { return this; };
  Promise.prototype.finally = function () { return this; };
  return body(tasks, limit, options);
}
