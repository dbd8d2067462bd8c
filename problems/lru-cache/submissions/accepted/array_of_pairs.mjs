// A plain array of [key, value], the newest first. Slow for large capacities, and right.
const same = (a, b) => a === b || (a !== a && b !== b);

export class LruCache {
  constructor(capacity, options = {}) {
    if (!Number.isInteger(capacity) || capacity <= 0) throw new RangeError('capacity');
    this.capacity = capacity;
    this.options = options;
    this.pairs = [];
  }

  take(key) {
    const index = this.pairs.findIndex(([other]) => same(other, key));
    return index < 0 ? undefined : this.pairs.splice(index, 1)[0];
  }

  get(key) {
    const pair = this.take(key);
    if (pair === undefined) return undefined;
    this.pairs.unshift(pair);
    return pair[1];
  }

  set(key, value) {
    this.take(key);
    if (this.pairs.length === this.capacity) {
      const [oldest, evicted] = this.pairs.pop();
      this.options.onEvict?.(oldest, evicted);
    }
    this.pairs.unshift([key, value]);
  }

  has(key) {
    return this.pairs.some(([other]) => same(other, key));
  }

  delete(key) {
    return this.take(key) !== undefined;
  }

  size() {
    return this.pairs.length;
  }
}
