// fails: deletes
// Remembers the last answer of `get`, and a deletion does not make it forget.
export class LruCache {
  #map = new Map();
  constructor(capacity, { onEvict } = {}) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError("capacity");
    this.capacity = capacity;
    this.onEvict = onEvict;
  }
  get(key) {
    if (this.hot && this.hot.key === key) return this.hot.value;
    if (!this.#map.has(key)) return undefined;
    const value = this.#map.get(key);
    this.#map.delete(key);
    this.#map.set(key, value);
    this.hot = { key, value };
    return value;
  }
  set(key, value) {
    if (this.#map.has(key)) this.#map.delete(key);
    else if (this.#map.size >= this.capacity) {
      const [[oldKey, oldValue]] = this.#map;
      this.#map.delete(oldKey);
      this.onEvict?.(oldKey, oldValue);
    }
    this.#map.set(key, value);
    this.hot = undefined;
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
