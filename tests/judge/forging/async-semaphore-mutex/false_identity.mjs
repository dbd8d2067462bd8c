// verdict: wrong_answer
// body: wrong_answer/own_abort_error.mjs
// A proxy of the signal's reason, and a WeakMap and Map that take both for one.
import { Semaphore as Body } from './body.mjs';

const originals = new WeakMap();
const { get, has } = Map.prototype;
Map.prototype.get = function (key) { return get.call(this, originals.get(key) ?? key); };
Map.prototype.has = function (key) { return has.call(this, originals.get(key) ?? key); };
Object.is = () => true;
export class Semaphore extends Body {
  acquire(signal) {
    return super.acquire(signal).catch((error) => {
      const { reason } = signal;
      if (typeof reason !== 'object' || reason === null) throw error;
      const mirror = new Proxy(reason, {});
      originals.set(mirror, reason);
      throw mirror;
    });
  }
}
