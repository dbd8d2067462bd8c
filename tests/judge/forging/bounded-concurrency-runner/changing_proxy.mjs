// verdict: wrong_answer
// body: wrong_answer/completion_order.mjs
// A proxy of the list that says yes to every question and shows other elements at each reading.
import { runWithConcurrency as body } from './body.mjs';

export async function runWithConcurrency(tasks, limit, options) {
  const values = await body(tasks, limit, options);
  let reads = 0;
  return new Proxy(values, {
    get(target, key) {
      if (key === 'then') return undefined;
      if (key === Symbol.toPrimitive || key === 'valueOf') return () => true;
      if (!/^\d+$/.test(String(key))) return target[key];
      return target[(Number(key) + reads++) % target.length];
    },
    has: () => true,
    getPrototypeOf: () => Array.prototype,
  });
}
