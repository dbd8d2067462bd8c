// fails: evicts-oldest, reports-evictions
// Takes the key undefined for no key, so that it is never evicted.
export class LruCache {
  #map = new Map();
  constructor(capacity, { onEvict } = {}) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError("capacity");
    this.capacity = capacity;
    this.onEvict = onEvict;
  }
  get(key) {
    if (!this.#map.has(key)) return undefined;
    const value = this.#map.get(key);
    this.#map.delete(key);
    this.#map.set(key, value);
    return value;
  }
  set(key, value) {
    if (this.#map.has(key)) this.#map.delete(key);
    else if (this.#map.size >= this.capacity) {
      const oldKey = this.#map.keys().next().value;
      if (oldKey !== undefined) {
        const oldValue = this.#map.get(oldKey);
        this.#map.delete(oldKey);
        this.onEvict?.(oldKey, oldValue);
      }
    }
    this.#map.set(key, value);
  }
  has(key) {
    return this.#map.has(key);
  }
  delete(key) {
    return this.#map.delete(key);
  }
  size() {
    return this.#map.size;
  }
}
