/** Admits at most `limit` requests of each key in any `windowMs` milliseconds. */
export class SlidingWindowLog {
  /**
   * @param {number} limit
   * @param {number} windowMs
   */
  constructor(limit, windowMs) {
    throw new Error('not written yet');
  }

  /** Admits one request of `key` if there is room; says whether. */
  tryAcquire(key) {
    throw new Error('not written yet');
  }

  /** In how many milliseconds a request of `key` would be admitted; 0: now. */
  retryAfter(key) {
    throw new Error('not written yet');
  }
}
