// verdict: wrong_answer
// body: wrong_answer/plain_error.mjs
// The wrong error says by every property that it is the right one.
import { Semaphore as Body } from './body.mjs';

class Lie extends Error {
  static [Symbol.hasInstance](): boolean { return true; }
  get name(): string { return 'RangeError'; }
  get [Symbol.toStringTag](): string { return 'RangeError'; }
  toString(): string { return 'RangeError: permits'; }
}
Object.defineProperty(RangeError, Symbol.hasInstance, { value: () => true });
export class Semaphore extends (Body as new (permits: number) => object) {
  constructor(permits: number) {
    try {
      super(permits);
    } catch {
      throw Object.defineProperty(new Lie('permits'), 'constructor', { value: RangeError });
    }
  }
}
