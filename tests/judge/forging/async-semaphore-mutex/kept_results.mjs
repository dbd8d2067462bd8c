// verdict: wrong_answer
// body: wrong_answer/one_too_many.mjs
// Reaches for the table in which the shim keeps what calls gave: every Map that is written to
// during a call is emptied again.
import { Semaphore as Body } from './body.mjs';

const { set, clear } = Map.prototype;
export class Semaphore extends Body {
  acquire(signal) {
    Map.prototype.set = function (key, value) {
      if (typeof key === 'number') queueMicrotask(() => clear.call(this));
      return set.call(this, key, value);
    };
    return super.acquire(signal);
  }
}
