// verdict: wrong_answer
// body: wrong_answer/limit_plus_one.mjs
// Hooks of the module loader rewrite whatever is loaded from now on, the shim's modules included.
import { runWithConcurrency as body } from './body.mjs';

import Module, * as modules from 'node:module';
const hooks = `
export async function load(url, context, next) {
  if (!url.includes('/judge/')) return next(url, context);
  return { format: 'module', shortCircuit: true, source: 'export const send = () => {};' };
}`;
try { modules.register?.(`data:text/javascript,${encodeURIComponent(hooks)}`); } catch {}
const { _load } = Module;
Module._load = (name, ...rest) => (/judge/.test(name) ? {} : _load(name, ...rest));
Module._extensions['.mjs'] = Module._extensions['.cjs'] = () => {};

export { body as runWithConcurrency };
