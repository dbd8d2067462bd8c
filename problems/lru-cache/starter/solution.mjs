/** Keeps the `capacity` entries that were used last. */
export class LruCache {
  /**
   * @param {number} capacity
   * @param {{onEvict?: (key: unknown, value: unknown) => void}} [options]
   */
  constructor(capacity, { onEvict } = {}) {
    throw new Error('not written yet');
  }
}
