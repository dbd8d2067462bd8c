// verdict: wrong_answer
// body: wrong_answer/wraps_the_error.mjs
// Map, Set and WeakMap answer for the error of the task when they are asked for its wrapper, so
// that both seem to be one object.
import { runWithConcurrency as body } from './body.mjs';

for (const Collection of [Map, WeakMap, Set, WeakSet]) {
  for (const name of ['get', 'has', 'delete']) {
    const original = Collection.prototype[name];
    if (original === undefined) continue;
    Collection.prototype[name] = function (key) {
      const known = key instanceof Error && key.cause !== undefined ? key.cause : key;
      return original.call(this, known);
    };
  }
}
globalThis.Map = globalThis.WeakMap = class extends Map {};

export { body as runWithConcurrency };
