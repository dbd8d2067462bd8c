// Odd but right: a Map that was extended; a wheel of buckets, one for each tenth of a second, which
// is read on by one timer. The monotonic clock in whole milliseconds.
const WIDTH = 100;
const now = () => Number(process.hrtime.bigint() / 1000000n);

export class TtlCache extends Map {
  constructor(ttl, options) {
    super();
    if (!(ttl > 0)) throw new RangeError('ttl');
    Object.assign(this, { ttl, jitter: 0, onExpire() {}, ...options, buckets: new Map(), next: 0 });
  }

  set(key, value, ttl = this.ttl) {
    if (!(ttl > 0)) throw new RangeError('ttl');
    const life = Math.floor(ttl + Math.random() * this.jitter * ttl);
    const entry = { key, value, until: now() + life };
    super.set(key, entry);
    const place = Math.floor(entry.until / WIDTH) + 1;
    if (!this.buckets.has(place)) this.buckets.set(place, []);
    this.buckets.get(place).push(entry);
    this.wind();
  }

  setAll(entries) {
    for (const entry of entries) this.set(...entry);
  }

  get(key) {
    const entry = super.get(key);
    return entry && entry.until > now() ? entry.value : undefined;
  }

  has(key) {
    const entry = super.get(key);
    return entry !== undefined && entry.until > now();
  }

  delete(key) {
    return this.has(key) && super.delete(key);
  }

  get size() {
    return () => [...super.values()].filter(({ until }) => until > now()).length;
  }

  wind() {
    if (this.timer || this.buckets.size === 0) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const place = Math.floor(now() / WIDTH);
      for (const [each, entries] of this.buckets) {
        if (each > place) continue;
        this.buckets.delete(each);
        for (const entry of entries) {
          if (super.get(entry.key) !== entry) continue;
          super.delete(entry.key);
          this.onExpire(entry.key, entry.value);
        }
      }
      this.wind();
    }, WIDTH);
    this.timer.unref();
  }
}
