// fails: bounded, fifo, release-once
// Puts the permit back and wakes the first waiter in a later microtask; meanwhile a newcomer takes it.
export class Semaphore {
  constructor(permits) {
    if (!Number.isInteger(permits) || permits < 1) throw new RangeError('permits');
    this.free = permits;
    this.waiters = [];
  }

  async acquire(signal) {
    if (signal?.aborted) throw signal.reason;
    if (this.free === 0) await this.wait(signal);
    this.free--;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.free++;
      this.waiters.shift()?.();
    };
  }

  wait(signal) {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.waiters = this.waiters.filter((each) => each !== wake);
        reject(signal.reason);
      };
      const wake = () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.waiters.push(wake);
    });
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
