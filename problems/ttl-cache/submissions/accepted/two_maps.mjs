// Values in one map and ends in another; a sweep of everything each 700 ms, by a chain of timeouts that never stops
// while there are entries. WeakRef, so that a forgotten cache is not held by its timer.
export class TtlCache {
  constructor(ttl, { jitter = 0, onExpire = null } = {}) {
    if (!(ttl > 0)) throw new RangeError('ttl');
    this.values = new Map();
    this.ends = new Map();
    Object.assign(this, { ttl, jitter, onExpire });
    Object.freeze(this);
  }
  static #sweepers = new WeakMap();
  static #start(cache) {
    if (TtlCache.#sweepers.has(cache)) return;
    const ref = new WeakRef(cache);
    const timer = setInterval(() => {
      const target = ref.deref();
      if (target === undefined) return clearInterval(timer);
      target.sweep();
      if (target.ends.size === 0) { clearInterval(timer); TtlCache.#sweepers.delete(target); }
    }, 700);
    timer.unref();
    TtlCache.#sweepers.set(cache, timer);
  }
  sweep() {
    for (const [key, end] of [...this.ends]) {
      if (Date.now() < end) continue;
      const value = this.values.get(key);
      this.ends.delete(key);
      this.values.delete(key);
      this.onExpire?.(key, value);
    }
  }
  set(key, value, ttl = this.ttl) {
    if (!(ttl > 0)) throw new RangeError('ttl');
    this.values.set(key, value);
    this.ends.set(key, Date.now() + ttl * (1 + this.jitter * Math.random()));
    TtlCache.#start(this);
  }
  setAll(entries) { entries.forEach((entry) => this.set(...entry)); }
  has(key) { return this.ends.has(key) && Date.now() < this.ends.get(key); }
  get(key) { return this.has(key) ? this.values.get(key) : undefined; }
  delete(key) { return this.has(key) && this.ends.delete(key) && this.values.delete(key); }
  size() { return [...this.ends.values()].filter((end) => Date.now() < end).length; }
}
