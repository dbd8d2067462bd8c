/**
 * @template T
 * @param {(() => Promise<T>)[]} tasks
 * @returns {Promise<T[]>}
 */
export async function collect(tasks) {
  throw new Error('not written yet');
}
