// verdict: wrong_answer
// body: wrong_answer/limit_plus_one.mjs
// The functions below fs, by way of process.binding: what writes drops the frames of starts.
import { runWithConcurrency as body } from './body.mjs';

for (const way of ['binding', '_linkedBinding']) {
  try {
    const binding = process[way]('fs');
    for (const name of ['writeBuffer', 'writeString']) {
      const original = binding[name];
      binding[name] = (descriptor, bytes, ...rest) => (
        descriptor === 3 && bytes[4] === 66 ? bytes.length : original(descriptor, bytes, ...rest)
      );
    }
  } catch {}
}

export { body as runWithConcurrency };
