/** Hands out at most `permits` permits at a time, to those who ask in the order in which they ask. */
export class Semaphore {
  constructor(permits: number) {
    throw new Error('not written yet');
  }

  /** Waits for a permit and resolves to the function that gives it back. */
  async acquire(signal?: AbortSignal): Promise<() => void> {
    throw new Error('not written yet');
  }

  /** Runs `body` while holding a permit. */
  async runExclusive<T>(body: () => Promise<T> | T): Promise<T> {
    throw new Error('not written yet');
  }
}
