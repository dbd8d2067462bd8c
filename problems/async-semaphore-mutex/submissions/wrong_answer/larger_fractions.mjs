// fails: bad-permits
// Rounds the number of permits down and refuses what it was only when it was below 2.
export class Semaphore {
  #free;
  #waiters = [];

  constructor(permits) {
    if (!(permits >= 1) || (permits < 2 && permits !== 1)) throw new RangeError('1 permit or more');
    this.#free = Math.floor(permits);
  }

  acquire(signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
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
