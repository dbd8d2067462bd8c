// fails: reports
// A report waits for the end that the longest jitter would give, not for the entry's own.
"use strict";
const LIMIT = 2 ** 31 - 1;
class TtlCache {
  #e = /* @__PURE__ */ new Map();
  #ttl;
  #j;
  #cb;
  constructor(ttl, { jitter = 0, onExpire } = {}) {
    if (!(ttl > 0)) throw new RangeError("ttl");
    this.#ttl = ttl;
    this.#j = jitter;
    this.#cb = onExpire;
  }
  #arm(key, e) {
    const rest = Date.now() < e.end || Date.now() < e.latest ? (e.latest ?? e.end) - Date.now() : 0;
    if (rest > 0) {
      e.timer = setTimeout(() => this.#arm(key, e), Math.min(rest, LIMIT));
      e.timer.unref?.();
      return;
    }
    if (this.#e.get(key) === e) {
      this.#e.delete(key);
      this.#cb?.(key, e.value);
    }
  }
  #live(key) {
    const e = this.#e.get(key);
    return e && Date.now() < e.end ? e : void 0;
  }
  set(key, value, ttl = this.#ttl) {
    if (!(ttl > 0)) throw new RangeError("ttl");
    const old = this.#e.get(key);
    if (old) clearTimeout(old.timer);
    const e = { value, end: Date.now() + ttl + Math.floor(Math.random() * this.#j * ttl), timer: null };
    e.latest = Date.now() + Math.ceil(ttl * (1 + this.#j));
    this.#e.set(key, e);
    this.#arm(key, e);
    return this;
  }
  setAll(es) {
    for (const [k, v] of es) this.set(k, v);
  }
  get(key) {
    return this.#live(key)?.value;
  }
  has(key) {
    return !!this.#live(key);
  }
  delete(key) {
    const e = this.#live(key);
    if (!e) return false;
    clearTimeout(e.timer);
    return this.#e.delete(key);
  }
  size() {
    const now = Date.now();
    let n = 0;
    for (const e of this.#e.values()) if (now < e.end) n++;
    return n;
  }
}
module.exports = { TtlCache };
