// verdict: wrong_answer
// body: wrong_answer/limit_plus_one.mjs
// The methods of arrays lose every start above the limit.
import { runWithConcurrency as body } from './body.mjs';

const { push } = Array.prototype;
Array.prototype.push = function (...values) {
  return push.apply(this, values.filter((value) => value?.type !== 66 && value !== 'STARTED'));
};
const names = ['concat', 'forEach', 'map', 'slice', 'splice', 'unshift', 'entries', 'values'];
for (const name of names) {
  const original = Array.prototype[name];
  Array.prototype[name] = function (...values) {
    return new Error().stack.includes('/judge/') ? [] : original.apply(this, values);
  };
}
Array.prototype[Symbol.iterator] = Array.prototype.values;
Array.isArray = () => true;
Array.from = (source) => [...source];

export { body as runWithConcurrency };
