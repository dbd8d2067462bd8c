// verdict: wrong_answer
// body: wrong_answer/forgotten_listener.mjs
// Has the garbage collector run, natives exposed, in the hope that the signal and its listeners are
// forgotten; a finalizer answers for them.
import { runWithConcurrency as body } from './body.mjs';

import v8 from 'node:v8';
import vm from 'node:vm';
let collect = () => {};
try {
  v8.setFlagsFromString('--expose-gc');
  collect = vm.runInNewContext('gc');
} catch {}
const registry = new FinalizationRegistry(() => {});
export async function runWithConcurrency(tasks, limit, options) {
  const weak = options?.signal && new WeakRef(options.signal);
  if (options?.signal) registry.register(options.signal, 0);
  try {
    return await body(tasks, limit, options);
  } finally {
    collect();
    void weak?.deref();
  }
}
