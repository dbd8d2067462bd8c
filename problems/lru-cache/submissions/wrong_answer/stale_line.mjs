// fails: reports-evictions
// Counts the lines of a key in the log of uses; a deletion forgets the count, but the lines stay.
export class LruCache {
  #capacity;
  #onEvict;
  #values = new Map();
  #lines = [];
  #counts = new Map();

  constructor(capacity, { onEvict } = {}) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity');
    this.#capacity = capacity;
    this.#onEvict = onEvict;
  }

  #use(key) {
    this.#lines.push(key);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  get(key) {
    if (!this.#values.has(key)) return undefined;
    this.#use(key);
    return this.#values.get(key);
  }

  set(key, value) {
    if (!this.#values.has(key) && this.#values.size === this.#capacity) this.#evict();
    this.#values.set(key, value);
    this.#use(key);
  }

  #evict() {
    while (this.#lines.length > 0) {
      const key = this.#lines.shift();
      if (!this.#counts.has(key)) continue;
      const left = this.#counts.get(key) - 1;
      this.#counts.set(key, left);
      if (left > 0) continue;
      const value = this.#values.get(key);
      this.#values.delete(key);
      this.#counts.delete(key);
      this.#onEvict?.(key, value);
      return;
    }
  }

  has(key) {
    return this.#values.has(key);
  }

  delete(key) {
    this.#counts.delete(key);
    return this.#values.delete(key);
  }

  size() {
    return this.#values.size;
  }
}
