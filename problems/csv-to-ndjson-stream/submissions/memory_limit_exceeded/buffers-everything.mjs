// Reads a fixed block for every byte of the input and keeps all of them.
import { readSync } from 'node:fs';

const blocks = [];
for (;;) {
  const block = Buffer.alloc(1024 * 1024, ' ');
  blocks.push(block);
  if (readSync(0, block, 0, 1, null) === 0 && blocks.length > 1024) break;
}
process.stdout.write(Buffer.concat(blocks).toString().trim());
