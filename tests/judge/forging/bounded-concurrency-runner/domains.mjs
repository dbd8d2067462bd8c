// verdict: wrong_answer
// body: wrong_answer/late_failures_unhandled.mjs
// A domain that catches everything around the call.
import { runWithConcurrency as body } from './body.mjs';

export function runWithConcurrency(tasks, limit, options) {
  let around = (call) => call();
  try {
    const domain = process.getBuiltinModule?.('node:domain').create();
    domain?.on('error', () => {});
    if (domain) around = (call) => domain.run(call);
  } catch {}
  return around(() => body(tasks, limit, options));
}
