// verdict: wrong_answer
// body: wrong_answer/wraps_the_error.mjs
// Looks for the shim's modules in the caches of the loader, to make two errors one in its table of
// identities.
import { runWithConcurrency as body } from './body.mjs';

import Module, { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const seen = new Set();
const found = [];
function walk(thing, depth) {
  if ((typeof thing !== 'object' && typeof thing !== 'function') || thing === null) return;
  if (seen.has(thing) || depth > 6) return;
  seen.add(thing);
  if (thing.known?.ids instanceof Map) found.push(thing.known);
  for (const key of Reflect.ownKeys(thing)) {
    try { walk(thing[key], depth + 1); } catch {}
  }
}
for (const start of [
  require.cache, require.main, Module._cache, Module._pathCache, process.mainModule, module0(),
]) walk(start, 0);
function module0() {
  try { return require.cache[process.argv[1]]; } catch { return undefined; }
}
export const runWithConcurrency = (tasks, limit, options) =>
  body(tasks, limit, options).catch((error) => {
    for (const known of found) known.ids.set(error, known.ids.get(error.cause));
    throw error;
  });
