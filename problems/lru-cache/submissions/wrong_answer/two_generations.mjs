// fails: evicts-oldest, updates-refresh, peeking, reports-evictions
// Two maps, a young and an old one, that change places when the young one is full: nearly LRU, and twice as fast.
export class LruCache {
  #capacity;
  #onEvict;
  #young = new Map();
  #old = new Map();

  constructor(capacity, { onEvict } = {}) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity');
    this.#capacity = capacity;
    this.#onEvict = onEvict;
  }

  #put(key, value) {
    this.#old.delete(key);
    this.#young.set(key, value);
    if (this.#young.size < this.#capacity) return;
    for (const [gone, evicted] of this.#old) this.#onEvict?.(gone, evicted);
    this.#old = this.#young;
    this.#young = new Map();
  }

  get(key) {
    if (this.#young.has(key)) return this.#young.get(key);
    if (!this.#old.has(key)) return undefined;
    const value = this.#old.get(key);
    this.#put(key, value);
    return value;
  }

  set(key, value) {
    if (this.#young.has(key)) this.#young.set(key, value);
    else this.#put(key, value);
  }

  has(key) {
    return this.#young.has(key) || this.#old.has(key);
  }

  delete(key) {
    const young = this.#young.delete(key);
    return this.#old.delete(key) || young;
  }

  size() {
    return this.#young.size + this.#old.size;
  }
}
