// fails: prompt, exclusive, aborted-before?
// One wake-up for all: of two permits that come back in one turn only one is handed on.
export class Semaphore {
  private waiters: { grant: () => void; signal?: AbortSignal }[] = [];
  private scheduled = false;

  constructor(private free: number) {
    if (!Number.isInteger(free) || free < 1) throw new RangeError('permits');
  }

  acquire(signal?: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = (): void => {
        this.waiters = this.waiters.filter((each) => each !== waiter);
        reject(signal?.reason);
      };
      const grant = (): void => {
        signal?.removeEventListener('abort', onAbort);
        this.free -= 1;
        resolve(this.permit());
      };
      const waiter = { grant };
      if (this.free > 0 && this.waiters.length === 0) return grant();
      signal?.addEventListener('abort', onAbort, { once: true });
      this.waiters.push(waiter);
    });
  }

  private permit(): () => void {
    let mine = true;
    return () => {
      if (!mine) return;
      mine = false;
      this.free += 1;
      if (this.scheduled) return;
      this.scheduled = true;
      queueMicrotask(() => {
        this.scheduled = false;
        this.waiters.shift()?.grant();
      });
    };
  }

  async runExclusive<T>(body: () => Promise<T> | T): Promise<T> {
    const release = await this.acquire();
    try {
      return await body();
    } finally {
      release();
    }
  }
}
