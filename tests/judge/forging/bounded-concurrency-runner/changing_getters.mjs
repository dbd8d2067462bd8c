// verdict: wrong_answer
// body: wrong_answer/completion_order.mjs
// A list whose elements are read by getters that answer something else each time.
import { runWithConcurrency as body } from './body.mjs';

export async function runWithConcurrency(tasks, limit, options) {
  const values = await body(tasks, limit, options);
  if (!Array.isArray(values)) return values;
  const shown = new Array(values.length);
  values.forEach((_, i) => {
    let reads = 0;
    Object.defineProperty(shown, i, {
      enumerable: true, get: () => values[reads++ % values.length],
    });
  });
  return shown;
}
