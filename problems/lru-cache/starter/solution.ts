export interface Options<K, V> {
  onEvict?: (key: K, value: V) => void;
}

/** Keeps the `capacity` entries that were used last. */
export class LruCache<K, V> {
  constructor(capacity: number, { onEvict }: Options<K, V> = {}) {
    throw new Error('not written yet');
  }
}
