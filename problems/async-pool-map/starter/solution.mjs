/**
 * Maps the items of `source`, never more than `limit` at a time.
 *
 * @template T, R
 * @param {number} limit
 * @param {Iterable<T> | AsyncIterable<T>} source
 * @param {(item: T, index: number) => Promise<R> | R} mapper
 * @returns {Promise<R[]>}
 */
export async function poolMap(limit, source, mapper) {
  throw new Error('not written yet');
}
