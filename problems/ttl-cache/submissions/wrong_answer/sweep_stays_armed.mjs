// fails: reports
// A sweep that finds nothing leaves the mark that one is planned: none comes any more.
export class TtlCache {
  constructor(ttl, { jitter = 0, onExpire = () => {
  } } = {}) {
    if (!(ttl > 0)) throw new RangeError("ttl");
    Object.assign(this, { ttl, jitter, onExpire, entries: /* @__PURE__ */ new Map(), armed: false });
  }
  _arm() {
    if (this.armed) return;
    this.armed = true;
    setTimeout(() => this._sweep(), 500);
  }
  _sweep() {
    if (this.entries.size === 0) return;
    this.armed = false;
    const now = Date.now();
    for (const [k, e] of this.entries) if (e.end <= now) {
      this.entries.delete(k);
      this.onExpire(k, e.value);
    }
    if (this.entries.size > 0) this._arm();
  }
  set(key, value, ttl = this.ttl) {
    if (!(ttl > 0)) throw new RangeError("ttl");
    const old = this.entries.get(key);
    if (old && old.end <= Date.now()) this.onExpire(key, old.value);
    this.entries.set(key, { value, end: Date.now() + ttl * (1 + Math.random() * this.jitter) });
    this._arm();
  }
  setAll(l) {
    l.forEach(([k, v]) => this.set(k, v));
  }
  _peek(k) {
    const e = this.entries.get(k);
    return e && e.end > Date.now() ? e : null;
  }
  get(k) {
    return this._peek(k)?.value;
  }
  has(k) {
    return this._peek(k) !== null;
  }
  delete(k) {
    const e = this._peek(k);
    if (e) this.entries.delete(k);
    return !!e;
  }
  size() {
    let n = 0;
    for (const k of this.entries.keys()) n += this.has(k);
    return n;
  }
}
