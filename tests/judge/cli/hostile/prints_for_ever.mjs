// verdict: output_limit_exceeded
import fs from 'node:fs';
export function runWithConcurrency() {
  const block = Buffer.alloc(65536, 'x');
  for (;;) fs.writeSync(1, block);
}
