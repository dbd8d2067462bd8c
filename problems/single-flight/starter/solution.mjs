/**
 * Calls `load` once for all who ask for the same key while it is being loaded.
 *
 * @template K, V
 */
export class SingleFlight {
  /** @param {(key: K, signal: AbortSignal) => Promise<V> | V} load */
  constructor(load) {
    throw new Error('not written yet');
  }

  /**
   * Joins the load of `key` that is under way, or begins one.
   *
   * @param {K} key
   * @param {AbortSignal} [signal]
   * @returns {Promise<V>}
   */
  async get(key, signal) {
    throw new Error('not written yet');
  }

  /**
   * How many keys are being loaded.
   *
   * @returns {number}
   */
  size() {
    throw new Error('not written yet');
  }
}
