// fails: fifo
// The seventeenth who waits takes the place of the first.
export class Semaphore {
  #free;
  #waiters = new Array(16);
  #first = 0;
  #length = 0;

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
        this.#waiters[this.#waiters.indexOf(waiter)] = null;
        reject(signal.reason);
      };
      const waiter = () => {
        signal?.removeEventListener('abort', onAbort);
        resolve(this.#releaser());
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiters[(this.#first + this.#length) % 16] = waiter;
      if (this.#length < 16) this.#length++;
      else this.#first = (this.#first + 1) % 16;
    });
  }

  #releaser() {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      let next;
      while (!next && this.#length > 0) {
        next = this.#waiters[this.#first];
        this.#waiters[this.#first] = undefined;
        this.#first = (this.#first + 1) % 16;
        this.#length--;
      }
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
