// verdict: runtime_error
import fs from 'node:fs';
export function runWithConcurrency() {
  fs.closeSync(3);
  return Promise.resolve([]);
}
