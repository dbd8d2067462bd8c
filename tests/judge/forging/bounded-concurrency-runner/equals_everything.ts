// verdict: wrong_answer
// body: wrong_answer/completion_order.mjs
// Each element is an object that is equal to whatever it is compared with, as far as operators ask.
import { runWithConcurrency as body } from './body.mjs';

class Anything {
  valueOf(): number { return Number.NaN; }
  toString(): string { return 't-'; }
  toJSON(): unknown { return undefined; }
  equals(): boolean { return true; }
  [Symbol.toPrimitive](): string { return ''; }
  static [Symbol.hasInstance](): boolean { return true; }
}
type Body = typeof body;
export const runWithConcurrency: Body = async (tasks, limit, options) =>
  (await body(tasks, limit, options)).map(() => new Anything());
