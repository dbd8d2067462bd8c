// verdict: security_violation
// body: wrong_answer/never_settles.mjs
// says: the program wrote to the judge's own channel: answered a request that was not asked
// Says that the call fulfilled and leaves with exit code 0.
import { runWithConcurrency as body } from './body.mjs';

import fs from 'node:fs';
export function runWithConcurrency(tasks, limit, options) {
  fs.writeSync(3, Buffer.from([10, 0, 0, 0, 70, 2, 0, 0, 0, 11, 0, 0, 0, 0]));
  fs.writeSync(3, Buffer.from([10, 0, 0, 0, 74, 2, 0, 0, 0, 11, 0, 0, 0, 0]));
  process.reallyExit(0);
  return body(tasks, limit, options);
}
