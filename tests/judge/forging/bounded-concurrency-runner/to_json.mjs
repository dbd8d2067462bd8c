// verdict: wrong_answer
// body: wrong_answer/completion_order.mjs
// toJSON, toString, valueOf and Symbol.toPrimitive on Object.prototype sort the results.
import { runWithConcurrency as body } from './body.mjs';

let tokens = [];
const right = () => tokens;
Object.prototype.toJSON = right;
Object.prototype.valueOf = right;
Object.prototype.toString = () => tokens.join();
Object.prototype[Symbol.toPrimitive] = right;
export async function runWithConcurrency(tasks, limit, options) {
  const values = [];
  tokens = values;
  return body(tasks.map((task, i) => async (signal) => (values[i] = await task(signal))), limit,
    options);
}
