// verdict: runtime_error
// body: wrong_answer/never_settles.mjs
// says: the program died of SIGUSR2
// Sends signals to everything it can reach.
import { runWithConcurrency as body } from './body.mjs';

export function runWithConcurrency(tasks, limit, options) {
  for (const name of ['SIGUSR1', 'SIGUSR2', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL']) {
    for (const pid of [1, process.ppid, 2, -process.pid, 0, -1]) {
      try { process.kill(pid, name); } catch {}
    }
  }
  return body(tasks, limit, options);
}
