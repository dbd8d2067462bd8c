/** Hands out at most `permits` permits at a time, to those who ask in the order in which they ask. */
export class Semaphore {
  /** @param {number} permits */
  constructor(permits) {
    throw new Error('not written yet');
  }

  /**
   * Waits for a permit and resolves to the function that gives it back.
   *
   * @param {AbortSignal} [signal]
   * @returns {Promise<() => void>}
   */
  async acquire(signal) {
    throw new Error('not written yet');
  }

  /**
   * Runs `body` while holding a permit.
   *
   * @template T
   * @param {() => Promise<T> | T} body
   * @returns {Promise<T>}
   */
  async runExclusive(body) {
    throw new Error('not written yet');
  }
}
