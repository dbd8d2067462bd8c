// verdict: wrong_answer
// body: wrong_answer/late_failures_unhandled.mjs
// process.emit swallows what nobody handled.
import { runWithConcurrency as body } from './body.mjs';

const { emit } = process;
export function runWithConcurrency(tasks, limit, options) {
  process.emit = function (name, ...values) {
    return name === 'unhandledRejection' || emit.call(this, name, ...values);
  };
  return body(tasks, limit, options);
}
