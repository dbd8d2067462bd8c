// verdict: wrong_answer
// body: wrong_answer/never_aborts.mjs
// Listeners for the end of the process and of the loop write the answers that were missing.
import { runWithConcurrency as body } from './body.mjs';

import fs from 'node:fs';
const last = Buffer.from([10, 0, 0, 0, 74, 2, 0, 0, 0, 11, 0, 0, 0, 0]);
let told = false;
for (const name of ['exit', 'beforeExit', 'uncaughtException', 'disconnect', 'SIGTERM']) {
  process.on(name, () => {
    if (!told) fs.writeSync(3, last);
    told = true;
  });
}

export { body as runWithConcurrency };
