// verdict: wrong_answer
// body: wrong_answer/completion_order.mjs
// Hands out the list as it is and puts it in order afterwards.
import { runWithConcurrency as body } from './body.mjs';

export function runWithConcurrency(tasks, limit, options) {
  const seen = new Array(tasks.length);
  const done = body(
    tasks.map((task, i) => async (signal) => (seen[i] = await task(signal))), limit, options);
  done.then((values) => {
    const sort = () => { values.length = 0; values.push(...seen); };
    setImmediate(sort);
    process.nextTick(() => queueMicrotask(() => setImmediate(sort)));
  }, () => {});
  return done;
}
