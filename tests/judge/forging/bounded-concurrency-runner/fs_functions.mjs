// verdict: wrong_answer
// body: wrong_answer/limit_plus_one.mjs
// Everything that writes or reads a descriptor passes a filter that drops the frames of starts.
import { runWithConcurrency as body } from './body.mjs';

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
for (const name of ['writeSync', 'writevSync', 'write', 'writev', 'readSync', 'read']) {
  const original = fs[name];
  fs[name] = (descriptor, bytes, ...rest) => {
    if (descriptor === 3 && name.startsWith('write') && bytes[4] === 66) return bytes.length;
    return original(descriptor, bytes, ...rest);
  };
}
syncBuiltinESMExports();

export { body as runWithConcurrency };
