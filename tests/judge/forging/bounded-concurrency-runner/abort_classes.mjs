// verdict: wrong_answer
// body: wrong_answer/never_aborts.mjs
// AbortSignal and EventTarget say that whatever a task was given is aborted.
import { runWithConcurrency as body } from './body.mjs';

const fires = (listener) => setImmediate(() => listener(new Event('abort')));
export function runWithConcurrency(tasks, limit, options) {
  Object.defineProperty(AbortSignal.prototype, 'aborted', { get: () => true });
  AbortSignal.prototype.addEventListener = EventTarget.prototype.addEventListener =
    (_, listener) => fires(listener);
  AbortController.prototype.abort = function () {};
  return body(tasks, limit, options);
}
