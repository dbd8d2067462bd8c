// verdict: wrong_answer
// body: wrong_answer/never_settles.mjs
// Returns a thenable that calls both callbacks, several times and late, with tokens of earlier
// cases.
import { runWithConcurrency as body } from './body.mjs';

const earlier = [];
export function runWithConcurrency(tasks, limit, options) {
  body(tasks.map((task) => async (signal) => {
    const value = await task(signal);
    earlier.push(value);
    return value;
  }), limit, options);
  return {
    then(onFulfilled, onRejected) {
      onFulfilled(earlier.slice(-tasks.length));
      onFulfilled([]);
      onRejected(new Error('no'));
      setTimeout(() => onFulfilled([...earlier]), 1);
    },
  };
}
