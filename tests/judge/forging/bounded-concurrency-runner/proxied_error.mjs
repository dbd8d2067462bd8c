// verdict: wrong_answer
// body: wrong_answer/wraps_the_error.mjs
// A proxy of the task's own error: name, message, class, all is the same but the identity.
import { runWithConcurrency as body } from './body.mjs';

const mirrors = new WeakMap();
function mirror(error) {
  if (typeof error !== 'object' || error === null) return error;
  if (!mirrors.has(error)) mirrors.set(error, new Proxy(error, {}));
  return mirrors.get(error);
}
export const runWithConcurrency = (tasks, limit, options) =>
  body(tasks, limit, options).catch((error) => { throw mirror(error.cause ?? error); });
