// verdict: wrong_answer
// body: wrong_answer/limit_plus_one.mjs
// Buffers and typed arrays lose bytes: every frame that says STARTED becomes one that says nothing.
import { runWithConcurrency as body } from './body.mjs';

const prototype = Object.getPrototypeOf(Uint8Array.prototype);
export function runWithConcurrency(tasks, limit, options) {
  for (const name of ['set', 'fill', 'copyWithin', 'slice', 'subarray']) {
    const original = prototype[name];
    prototype[name] = function (...values) {
      const result = original.apply(this, values);
      for (let i = 0; i + 9 < this.length; ++i) if (this[i + 4] === 66) this[i + 4] = 74;
      return result;
    };
  }
  for (const name of Object.getOwnPropertyNames(Buffer.prototype)) {
    if (/^(write|copy|fill|utf8|latin1)/.test(name)) Buffer.prototype[name] = () => 0;
  }
  globalThis.Uint8Array = Uint16Array;
  globalThis.Buffer = undefined;
  return body(tasks, limit, options);
}
