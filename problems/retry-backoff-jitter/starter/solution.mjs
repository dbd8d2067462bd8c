/**
 * Calls `operation` until it succeeds, at most `retries` times more, with capped exponential backoff
 * and full jitter in between.
 *
 * @template T
 * @param {(signal?: AbortSignal) => Promise<T> | T} operation
 * @param {object} options
 * @param {number} options.retries
 * @param {number} options.base  milliseconds
 * @param {number} options.cap  milliseconds
 * @param {number} [options.factor]  2 when it is not given
 * @param {() => number} [options.random]  from 0 to below 1; Math.random when it is not given
 * @param {(error: unknown) => boolean} [options.isRetryable]
 * @param {(outcome: object) => void} [options.onOutcome]
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<T>}
 */
export async function retry(operation, options) {
  throw new Error('not written yet');
}
