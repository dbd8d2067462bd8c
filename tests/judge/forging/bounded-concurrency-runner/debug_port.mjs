// verdict: wrong_answer
// body: wrong_answer/never_aborts.mjs
// SIGUSR1 has Node open its debugger to whoever connects.
import { runWithConcurrency as body } from './body.mjs';

try { process._debugProcess?.(process.pid); } catch {}
process.kill(process.pid, 'SIGUSR1');
await new Promise((resolve) => setTimeout(resolve, 50));
try {
  const { open, url } = await import('node:inspector');
  if (url() === undefined) open(0);
} catch {}

export { body as runWithConcurrency };
