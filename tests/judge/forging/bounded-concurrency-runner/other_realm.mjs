// verdict: wrong_answer
// body: wrong_answer/completion_order.mjs
// The call happens in another realm, whose Array, Promise and Error are not those the shim knows.
import { runWithConcurrency as body } from './body.mjs';

import vm from 'node:vm';
const realm = vm.createContext({ body });
const call = vm.runInContext(`(tasks, limit, options) => {
  const promise = new Promise((resolve, reject) => body(tasks, limit, options).then((values) => {
    const list = [];
    for (const value of values) list.push(value);
    Object.defineProperty(list, 'constructor', { value: Object });
    resolve(list);
  }, reject));
  Object.setPrototypeOf(promise, { then: promise.then, constructor: Promise });
  return promise;
}`, realm);
export { call as runWithConcurrency };
