// verdict: wrong_answer
// body: wrong_answer/late_failures_unhandled.mjs
// Says of every rejection that nobody handled that somebody has, in the words of the process
// itself.
import { runWithConcurrency as body } from './body.mjs';

process.on('unhandledRejection', (error, promise) => process.emit('rejectionHandled', promise));
export function runWithConcurrency(tasks, limit, options) {
  const revoke = (error, promise) => process.emit('rejectionHandled', promise);
  process.prependListener('unhandledRejection', revoke);
  return body(tasks, limit, options);
}
