// fails: aborted-before, cancels
// An abort that came before the call never comes again, and a free permit is handed out all the same.
export class Semaphore {
  #free;
  #waiters = [];

  constructor(permits) {
    if (!Number.isInteger(permits) || permits < 1) throw new RangeError('permits must be 1 or more');
    this.#free = permits;
  }

  acquire(signal) {
    return new Promise((resolve, reject) => {
      if (this.#free > 0) {
        this.#free--;
        return resolve(this.#releaser());
      }
      const onAbort = () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        reject(signal.reason);
      };
      const waiter = () => {
        signal?.removeEventListener('abort', onAbort);
        resolve(this.#releaser());
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiters.push(waiter);
    });
  }

  #releaser() {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = this.#waiters.shift();
      if (next) next();
      else this.#free++;
    };
  }

  async runExclusive(body) {
    const release = await this.acquire();
    try {
      return await body();
    } finally {
      release();
    }
  }
}
