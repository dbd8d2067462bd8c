/** Refuses calls while the service behind it is down. */
export class CircuitBreaker {
  /**
   * @param {object} options
   * @param {number} options.window  milliseconds
   * @param {number} options.minimum  outcomes
   * @param {number} options.share  above 0, at most 1
   * @param {number} options.openFor  milliseconds
   * @param {number} options.probes
   * @param {number} [options.timeout]  milliseconds
   * @param {(error: unknown) => boolean} [options.isFailure]
   * @param {(state: 'open' | 'half-open' | 'closed') => void} [options.onState]
   */
  constructor(options) {
    throw new Error('not written yet');
  }

  /**
   * @template T
   * @param {() => Promise<T> | T} operation
   * @param {(error: unknown) => Promise<T> | T} [fallback]
   * @returns {Promise<T>}
   */
  async call(operation, fallback) {
    throw new Error('not written yet');
  }
}
