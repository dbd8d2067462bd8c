// fails: fifo, prompt
// When the served front of the array is cut off, the index of the first waiter stays where it was.
export class Semaphore {
  #free;
  #waiters = [];
  #head = 0;

  constructor(permits) {
    if (!Number.isInteger(permits) || permits < 1) throw new RangeError('permits');
    this.#free = permits;
  }

  acquire(signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (this.#free > 0) {
        this.#free--;
        return resolve(this.#releaser());
      }
      const onAbort = () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter, this.#head), 1);
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
      const next = this.#waiters[this.#head];
      if (next) {
        this.#head++;
        next();
      } else {
        this.#free++;
      }
      if (this.#head > 16) this.#waiters = this.#waiters.slice(this.#head);
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
