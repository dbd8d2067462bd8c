// verdict: wrong_answer
// body: wrong_answer/late_failures_unhandled.mjs
// Without a listener an unhandled rejection is an uncaught exception; who catches those is
// replaced.
import { runWithConcurrency as body } from './body.mjs';

export function runWithConcurrency(tasks, limit, options) {
  process.removeAllListeners('unhandledRejection');
  for (const silence of [
    () => process.setUncaughtExceptionCaptureCallback(null),
    () => process.setUncaughtExceptionCaptureCallback(() => {}),
    () => { process._fatalException = () => true; },
    () => process.on('uncaughtException', () => {}),
  ]) {
    try { silence(); } catch {}
  }
  return body(tasks, limit, options);
}
