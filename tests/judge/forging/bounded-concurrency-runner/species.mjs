// verdict: wrong_answer
// body: wrong_answer/completion_order.mjs
// The promise that is returned has a constructor, a species and a `then` of its own, which tell
// what would have been right in another order each time.
import { runWithConcurrency as body } from './body.mjs';

class Sorting extends Promise {
  static get [Symbol.species]() { return Promise; }
  then(onFulfilled, onRejected) {
    return super.then((values) => onFulfilled?.([...values].sort()), onRejected);
  }
}
Object.defineProperty(Promise, Symbol.species, { get: () => Sorting });
export const runWithConcurrency = (tasks, limit, options) =>
  Sorting.resolve(body(tasks, limit, options));
