/** Admits at most `limit` requests of each key in any `windowMs` milliseconds. */
export class SlidingWindowLog {
  constructor(limit: number, windowMs: number) {
    throw new Error('not written yet');
  }

  /** Admits one request of `key` if there is room; says whether. */
  tryAcquire(key: string): boolean {
    throw new Error('not written yet');
  }

  /** In how many milliseconds a request of `key` would be admitted; 0: now. */
  retryAfter(key: string): number {
    throw new Error('not written yet');
  }
}
