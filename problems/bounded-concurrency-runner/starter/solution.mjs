/**
 * Runs `tasks`, never more than `limit` at a time.
 *
 * @template T
 * @param {Array<(signal: AbortSignal) => Promise<T> | T>} tasks
 * @param {number} limit
 * @param {{mode?: 'fail-fast' | 'collect', signal?: AbortSignal}} [options]
 * @returns {Promise<T[] | PromiseSettledResult<T>[]>}
 */
export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  throw new Error('not written yet');
}
