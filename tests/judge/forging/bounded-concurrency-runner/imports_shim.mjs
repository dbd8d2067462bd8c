// verdict: wrong_answer
// body: wrong_answer/never_aborts.mjs
// Imports the modules of the shim, which are in the same process, and has them send what was
// missing.
import { runWithConcurrency as body } from './body.mjs';

import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
const folder = path.dirname(process.argv[1]);
const require = createRequire(import.meta.url);
const shared = {};
for (const name of fs.readdirSync(folder)) {
  if (name.startsWith('shim.')) continue;
  const file = path.join(folder, name);
  for (const load of [() => import(file), () => require(file)]) {
    try { Object.assign(shared, await load()); } catch {}
  }
}
export async function runWithConcurrency(tasks, limit, options) {
  const running = new Set();
  const watched = tasks.map((task, index) => (signal) => {
    const done = task(signal);
    running.add(index);
    done?.then?.(() => running.delete(index), () => running.delete(index));
    return done;
  });
  try {
    return await body(watched, limit, options);
  } catch (error) {
    for (const index of running) {
      shared.send?.(67, ['case', 1, 'index', index, 'reason', undefined]);
    }
    throw error;
  }
}
