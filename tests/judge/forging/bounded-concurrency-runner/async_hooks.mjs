// verdict: wrong_answer
// body: wrong_answer/limit_plus_one.mjs
// Hooks on asynchronous operations and promises run inside the shim's own steps, and throw there.
import { runWithConcurrency as body } from './body.mjs';

import { AsyncLocalStorage, createHook, executionAsyncResource } from 'node:async_hooks';
import { promiseHooks } from 'node:v8';
const storage = new AsyncLocalStorage();
const resources = new Set();
createHook({
  init(id, type, trigger, resource) { resources.add(resource); },
  before() { resources.add(executionAsyncResource()); },
  promiseResolve() {},
}).enable();
promiseHooks?.onInit((promise) => resources.add(promise));
export function runWithConcurrency(tasks, limit, options) {
  for (const resource of resources) {
    for (const key of Reflect.ownKeys(resource)) {
      if (typeof resource[key] === 'function') resource[key] = () => {};
    }
  }
  return storage.run({}, () => body(tasks, limit, options));
}
