// fails: cancels, aborted-before?
// A falsy reason is taken for none.
export class Semaphore {
  #free;
  #waiters = [];

  constructor(permits) {
    if (!Number.isInteger(permits) || permits < 1) throw new RangeError('permits');
    this.#free = permits;
  }

  acquire(signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason || new Error('aborted'));
      if (this.#free > 0) {
        this.#free--;
        return resolve(this.#releaser());
      }
      const onAbort = () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        reject(signal.reason || new Error('aborted'));
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
