/**
 * Calls `operation` and settles as it does, unless `ms` milliseconds pass or `signal` is aborted first.
 *
 * @template T
 * @param {(signal: AbortSignal) => Promise<T> | T} operation
 * @param {number} ms
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
export async function withTimeout(operation, ms, signal) {
  throw new Error('not written yet');
}

/**
 * A signal that is aborted with the first of `signals`.
 *
 * @param {...AbortSignal} signals
 * @returns {AbortSignal}
 */
export function anySignal(...signals) {
  throw new Error('not written yet');
}

/**
 * Fulfils after `ms` milliseconds, or rejects when `signal` is aborted.
 *
 * @param {number} ms
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export async function sleep(ms, signal) {
  throw new Error('not written yet');
}
