// fails: reports-evictions, evicts-oldest?
// indexOf does not find NaN, so the last key of the order goes in its place.
export class LruCache {
  #map = new Map();
  #order = [];
  constructor(capacity, { onEvict } = {}) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError("capacity");
    this.capacity = capacity;
    this.onEvict = onEvict;
  }
  get(key) {
    if (!this.#map.has(key)) return undefined;
    const value = this.#map.get(key);
    this.#touch(key);
    return value;
  }
  set(key, value) {
    if (this.#map.has(key)) this.#touch(key);
    else if (this.#map.size >= this.capacity) {
      const oldKey = this.#order.shift();
      const oldValue = this.#map.get(oldKey);
      this.#map.delete(oldKey);
      this.onEvict?.(oldKey, oldValue);
    }
    if (!this.#map.has(key)) this.#order.push(key);
    this.#map.set(key, value);
  }
  #touch(key) {
    this.#order.splice(this.#order.indexOf(key), 1);
    this.#order.push(key);
  }
  has(key) {
    return this.#map.has(key);
  }
  delete(key) {
    if (!this.#map.delete(key)) return false;
    this.#order.splice(this.#order.indexOf(key), 1);
    return true;
  }
  size() {
    return this.#map.size;
  }
}
