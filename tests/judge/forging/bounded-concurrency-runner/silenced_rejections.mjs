// verdict: wrong_answer
// body: wrong_answer/late_failures_unhandled.mjs
// Takes away whoever listens for unhandled rejections, once the call is under way, and listens
// itself.
import { runWithConcurrency as body } from './body.mjs';

export function runWithConcurrency(tasks, limit, options) {
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', () => {});
  return body(tasks, limit, options);
}
