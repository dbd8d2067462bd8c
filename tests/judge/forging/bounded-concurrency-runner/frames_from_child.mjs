// verdict: security_violation
// body: wrong_answer/never_aborts.mjs
// says: the program wrote to the judge's own channel: answered a request that was not asked
// A child process, which inherits the channel, says that the call is over.
import { runWithConcurrency as body } from './body.mjs';

import { spawnSync } from 'node:child_process';
const bytes = String.raw`\012\000\000\000\112\005\000\000\000\013\000\000\000\000`;
export function runWithConcurrency(tasks, limit, options) {
  const done = body(tasks, limit, options);
  spawnSync('/bin/sh', ['-c', `printf '${bytes}' >&3`],
    { stdio: ['ignore', 'ignore', 'ignore', 3] });
  return done;
}
