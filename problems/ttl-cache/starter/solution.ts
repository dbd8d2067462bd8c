export interface Options<K, V> {
  jitter?: number;
  onExpire?: (key: K, value: V) => void;
}

/** A cache that forgets its entries after some time. */
export class TtlCache<K, V> {
  constructor(ttl: number, { jitter = 0, onExpire }: Options<K, V> = {}) {
    throw new Error('not written yet');
  }

  set(key: K, value: V, ttl?: number): void {
    throw new Error('not written yet');
  }

  setAll(entries: [K, V][]): void {
    throw new Error('not written yet');
  }

  get(key: K): V | undefined {
    throw new Error('not written yet');
  }

  has(key: K): boolean {
    throw new Error('not written yet');
  }

  /** Answers whether there was something to be seen. */
  delete(key: K): boolean {
    throw new Error('not written yet');
  }

  /** How many entries can be seen. */
  size(): number {
    throw new Error('not written yet');
  }
}
