// verdict: wrong_answer
// body: wrong_answer/never_settles.mjs
// Makes up values that look like those of the judge, from Math.random and from what it saw.
import { runWithConcurrency as body } from './body.mjs';

let last = 't-0000000000000000';
const hex = () => Math.floor(Math.random() * 2 ** 32).toString(16).padStart(8, '0');
export async function runWithConcurrency(tasks, limit, options) {
  body(tasks, limit, options);
  for (const task of tasks.slice(0, limit)) task()?.then?.((value) => { last = value; }, () => {});
  return tasks.map((_, i) => (i % 2 === 0 ? last : `t-${hex()}${hex()}`));
}
