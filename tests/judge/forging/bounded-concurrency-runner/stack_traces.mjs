// verdict: wrong_answer
// body: wrong_answer/limit_plus_one.mjs
// Error.prepareStackTrace sees who is on the stack when something of the shim fails or calls, and
// takes its functions and receivers.
import { runWithConcurrency as body } from './body.mjs';

const reached = new Set();
Error.stackTraceLimit = 1000;
Error.prepareStackTrace = (_, sites) => {
  for (const site of sites) {
    if (!site.getFileName()?.includes('/judge/')) continue;
    for (const thing of [site.getFunction(), site.getThis()]) {
      if (thing !== undefined) reached.add(thing);
    }
  }
  return '';
};
export function runWithConcurrency(tasks, limit, options) {
  const holder = {};
  Error.captureStackTrace(holder);
  void holder.stack;
  void new Error().stack;
  try { runWithConcurrency.caller(); } catch {}
  for (const thing of reached) {
    if (typeof thing === 'function') Object.defineProperty(thing, 'call', { value: () => {} });
    else if (typeof thing === 'object') for (const key of Reflect.ownKeys(thing)) delete thing[key];
  }
  return body(tasks, limit, options);
}
