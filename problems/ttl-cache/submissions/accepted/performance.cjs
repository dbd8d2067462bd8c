// performance.now in whole milliseconds; a timer an entry, checked again when it fires.
const tick = () => Math.round(performance.now());
class Entry {
  constructor(cache, key, value, ms) {
    Object.assign(this, { cache, key, value, end: tick() + ms });
    this.arm();
  }
  arm() { this.timer = setTimeout(() => this.ring(), Math.max(1, this.end - tick())); this.timer.unref?.(); }
  ring() {
    if (tick() < this.end) return this.arm();
    this.cache.entries.delete(this.key);
    this.cache.onExpire?.(this.key, this.value);
  }
  stop() { clearTimeout(this.timer); }
}
class TtlCache {
  constructor(ttl, { jitter, onExpire } = {}) {
    if (!(Number(ttl) > 0)) throw new RangeError('ttl');
    this.ttl = ttl;
    this.jitter = jitter || 0;
    this.onExpire = onExpire;
    this.entries = new Map();
  }
  set(key, value, ttl) {
    const ms = ttl === undefined ? this.ttl : ttl;
    if (!(ms > 0)) throw new RangeError('ttl');
    const old = this.alive(key);
    if (this.entries.has(key)) this.entries.get(key).stop();
    this.entries.set(key, new Entry(this, key, value, Math.round(ms * (1 + this.jitter * Math.random()))));
    return old;
  }
  setAll(entries) { for (const [k, v] of entries) this.set(k, v); }
  alive(key) { const e = this.entries.get(key); return e && tick() < e.end ? e : undefined; }
  get(key) { const e = this.alive(key); return e === undefined ? undefined : e.value; }
  has(key) { return !!this.alive(key); }
  delete(key) {
    const e = this.alive(key);
    if (!e) return false;
    e.stop();
    return this.entries.delete(key);
  }
  size() { return Array.from(this.entries.keys()).filter((k) => this.alive(k)).length; }
}
module.exports = { TtlCache };
