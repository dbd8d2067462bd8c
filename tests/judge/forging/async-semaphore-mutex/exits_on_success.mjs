// verdict: runtime_error
// body: wrong_answer/one_too_many.mjs
// says: the program exited with code 0 before it was done
// Leaves with exit code 0 as soon as one permit too many would be out.
import { Semaphore as Body } from './body.mjs';

export class Semaphore extends Body {
  #out = 0;
  #permits;
  constructor(permits) {
    super(permits);
    this.#permits = permits;
  }
  async acquire(signal) {
    const release = await super.acquire(signal);
    if (++this.#out > this.#permits) process.reallyExit(0);
    return () => {
      this.#out--;
      return release();
    };
  }
}
