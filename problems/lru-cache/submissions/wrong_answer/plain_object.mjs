// fails: any-key, evicts-oldest?, reports-evictions?, deletes?
// Keeps entries in an object: 1 is '1', and everybody has a constructor.
export class LruCache {
  constructor(capacity, { onEvict } = {}) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity');
    this.capacity = capacity;
    this.onEvict = onEvict;
    this.values = {};
    this.order = [];
  }

  touch(key) {
    this.order = this.order.filter((other) => other !== key);
    this.order.push(key);
  }

  get(key) {
    if (!(key in this.values)) return undefined;
    this.touch(key);
    return this.values[key];
  }

  set(key, value) {
    if (!(key in this.values) && this.order.length === this.capacity) {
      const oldest = this.order.shift();
      const evicted = this.values[oldest];
      delete this.values[oldest];
      this.onEvict?.(oldest, evicted);
    }
    this.values[key] = value;
    this.touch(key);
  }

  has(key) {
    return key in this.values;
  }

  delete(key) {
    if (!(key in this.values)) return false;
    delete this.values[key];
    this.order = this.order.filter((other) => other !== key);
    return true;
  }

  size() {
    return this.order.length;
  }
}
