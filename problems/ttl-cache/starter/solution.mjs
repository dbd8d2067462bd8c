/**
 * A cache that forgets its entries after some time.
 *
 * @template K, V
 */
export class TtlCache {
  /**
   * @param {number} ttl how long entries live, in milliseconds
   * @param {{jitter?: number, onExpire?: (key: K, value: V) => void}} [options]
   */
  constructor(ttl, { jitter = 0, onExpire } = {}) {
    throw new Error('not written yet');
  }

  /**
   * @param {K} key
   * @param {V} value
   * @param {number} [ttl]
   */
  set(key, value, ttl) {
    throw new Error('not written yet');
  }

  /** @param {[K, V][]} entries */
  setAll(entries) {
    throw new Error('not written yet');
  }

  /**
   * @param {K} key
   * @returns {V | undefined}
   */
  get(key) {
    throw new Error('not written yet');
  }

  /**
   * @param {K} key
   * @returns {boolean}
   */
  has(key) {
    throw new Error('not written yet');
  }

  /**
   * @param {K} key
   * @returns {boolean} whether there was something to be seen
   */
  delete(key) {
    throw new Error('not written yet');
  }

  /** @returns {number} how many entries can be seen */
  size() {
    throw new Error('not written yet');
  }
}
