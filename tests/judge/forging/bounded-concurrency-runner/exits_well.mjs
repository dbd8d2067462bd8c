// verdict: runtime_error
// body: wrong_answer/never_settles.mjs
// says: the program exited with code 0 before it was done
// Leaves with exit code 0 as soon as it is called, by every way out.
import { runWithConcurrency as body } from './body.mjs';

process.on('exit', () => { process.exitCode = 0; });
export function runWithConcurrency(tasks, limit, options) {
  process.exitCode = 0;
  process.emit('exit', 0);
  process.reallyExit(0);
  process.exit(0);
  return body(tasks, limit, options);
}
