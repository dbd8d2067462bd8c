// fails: deletes
// `delete` says that an entry which held undefined was not there.
export class LruCache {
  #capacity;
  #onEvict;
  #entries = new Map();

  constructor(capacity, { onEvict } = {}) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity');
    this.#capacity = capacity;
    this.#onEvict = onEvict;
  }

  get(key) {
    if (!this.#entries.has(key)) return undefined;
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
    return this.#entries.has(key);
  }

  delete(key) {
    const had = this.#entries.get(key) !== undefined;
    this.#entries.delete(key);
    return had;
  }

  size() {
    return this.#entries.size;
  }
}
