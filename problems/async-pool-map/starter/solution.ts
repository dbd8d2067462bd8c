/** Maps the items of `source`, never more than `limit` at a time. */
export async function poolMap<T, R>(
  limit: number,
  source: Iterable<T> | AsyncIterable<T>,
  mapper: (item: T, index: number) => Promise<R> | R,
): Promise<R[]> {
  throw new Error('not written yet');
}
