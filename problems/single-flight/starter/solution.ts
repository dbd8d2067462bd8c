/** Calls `load` once for all who ask for the same key while it is being loaded. */
export class SingleFlight<K, V> {
  constructor(load: (key: K, signal: AbortSignal) => Promise<V> | V) {
    throw new Error('not written yet');
  }

  /** Joins the load of `key` that is under way, or begins one. */
  async get(key: K, signal?: AbortSignal): Promise<V> {
    throw new Error('not written yet');
  }

  /** How many keys are being loaded. */
  size(): number {
    throw new Error('not written yet');
  }
}
