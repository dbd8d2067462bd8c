// verdict: wrong_answer
// body: wrong_answer/forgotten_listener.mjs
// The chain of listeners behind a signal ends early for whoever only looks.
import { Semaphore as Body } from './body.mjs';

export class Semaphore extends Body {
  acquire(signal) {
    const got = super.acquire(signal);
    if (!signal) return got;
    for (const key of Object.getOwnPropertySymbols(signal)) {
      if (String(key) !== 'Symbol(kEvents)') continue;
      const head = Map.prototype.get.call(signal[key], 'abort');
      if (head === undefined) continue;
      const { next } = head;
      Object.defineProperty(head, 'next', {
        configurable: true,
        get: () => (new Error().stack.includes('/judge/') ? undefined : next),
        set() {},
      });
    }
    return got;
  }
}
