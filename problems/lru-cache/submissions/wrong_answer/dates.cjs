// fails: evicts-oldest, updates-refresh, peeking, reports-evictions
// Remembers when an entry was used by the clock, which stands still for a millisecond.
'use strict';

exports.LruCache = class LruCache {
  constructor(capacity, options) {
    if (capacity % 1 !== 0 || !(capacity >= 1)) throw new RangeError('capacity');
    this.capacity = capacity;
    this.onEvict = options && options.onEvict;
    this.table = new Map();
    this.clock = 0;
  }

  get(key) {
    const entry = this.table.get(key);
    if (entry === undefined) return undefined;
    entry.used = Date.now();
    return entry.value;
  }

  set(key, value) {
    if (!this.table.has(key) && this.table.size >= this.capacity) {
      let oldest;
      for (const [other, entry] of this.table) {
        if (oldest === undefined || entry.used < oldest.used) oldest = { other, ...entry };
      }
      this.table.delete(oldest.other);
      if (this.onEvict) this.onEvict(oldest.other, oldest.value);
    }
    this.table.set(key, { value, used: Date.now() });
  }

  has(key) {
    return this.table.has(key);
  }

  delete(key) {
    return this.table.delete(key);
  }

  size() {
    return this.table.size;
  }
};
