// verdict: wrong_answer
// body: wrong_answer/one_too_many.mjs
// A class that is a proxy, with methods that differ from one look to the next and by who is
// calling.
import { Semaphore as Body } from './body.mjs';

let looks = 0;
const handler = {
  get(target, key) {
    const value = Reflect.get(target, key);
    const watched = new Error().stack.includes('/judge/');
    if (typeof value !== 'function') return value;
    if (watched && looks++ % 2 === 0) return value.bind(target);
    return (...values) => value.apply(target, values);
  },
  has: () => true,
  getPrototypeOf: () => Function.prototype,
};
export const Semaphore = new Proxy(Body, {
  construct: (target, values) => new Proxy(Reflect.construct(target, values), handler),
  getPrototypeOf: () => Promise.prototype,
});
