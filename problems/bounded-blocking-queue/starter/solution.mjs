/**
 * A queue of at most `capacity` values, on which both sides can wait.
 *
 * @template T
 */
export class BoundedQueue {
  /** @param {number} capacity */
  constructor(capacity) {
    throw new Error('not written yet');
  }

  /**
   * Adds a value at the end; waits as long as there is no room.
   *
   * @param {T} value
   * @param {AbortSignal} [signal]
   * @returns {Promise<void>}
   */
  async put(value, signal) {
    throw new Error('not written yet');
  }

  /**
   * Removes the first value and resolves to it; waits as long as there is none.
   *
   * @param {AbortSignal} [signal]
   * @returns {Promise<T>}
   */
  async take(signal) {
    throw new Error('not written yet');
  }

  /** No more values come; those in the queue can still be taken. */
  close() {
    throw new Error('not written yet');
  }

  /**
   * How many values are in the queue.
   *
   * @returns {number}
   */
  size() {
    throw new Error('not written yet');
  }
}
