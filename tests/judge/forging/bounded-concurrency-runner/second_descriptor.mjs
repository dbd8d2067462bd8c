// verdict: wrong_answer
// body: wrong_answer/never_aborts.mjs
// Opens the channel again through the process's own folder of descriptors and writes an answer
// there.
import { runWithConcurrency as body } from './body.mjs';

import fs from 'node:fs';
export function runWithConcurrency(tasks, limit, options) {
  for (const path of ['/proc/self/fd/3', '/dev/fd/3', '/proc/thread-self/fd/3']) {
    try {
      fs.writeFileSync(path, Buffer.from([10, 0, 0, 0, 74, 2, 0, 0, 0, 11, 0, 0, 0, 0]));
    } catch {}
  }
  return body(tasks, limit, options);
}
