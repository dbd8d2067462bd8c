// verdict: wrong_answer
// body: wrong_answer/completion_order.mjs
// `then` on Object.prototype makes a thenable of every object; the results are put in order on
// their way.
import { runWithConcurrency as body } from './body.mjs';

let order = [];
export async function runWithConcurrency(tasks, limit, options) {
  const seen = [];
  order = seen;
  const values = await body(
    tasks.map((task, i) => async (signal) => (seen[i] = await task(signal))), limit, options);
  Object.defineProperty(Object.prototype, 'then', {
    configurable: true,
    get() {
      if (this === values || Array.isArray(this)) return undefined;
      return (resolve) => resolve([...order]);
    },
  });
  return values;
}
