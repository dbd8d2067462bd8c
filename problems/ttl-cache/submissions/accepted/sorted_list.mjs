// A list sorted by the end, kept with binary search; setTimeout for the first of it.
export class TtlCache {
  #ttl; #spread; #report; #byKey = new Map(); #line = []; #alarm;
  constructor(ttl, options) {
    this.#ttl = positive(ttl);
    this.#spread = options?.jitter ?? 0;
    this.#report = options?.onExpire ?? (() => {});
  }
  #expire() {
    const now = Date.now();
    let n = 0;
    while (n < this.#line.length && this.#line[n].end <= now) n++;
    const gone = this.#line.splice(0, n);
    for (const entry of gone) this.#byKey.delete(entry.key);
    this.#set();
    for (const { key, value } of gone) this.#report(key, value);
  }
  #set() {
    clearTimeout(this.#alarm);
    if (this.#line.length) this.#alarm = setTimeout(() => this.#expire(), this.#line[0].end - Date.now()).unref();
  }
  #place(end) {
    let low = 0;
    let high = this.#line.length;
    while (low < high) {
      const mid = (low + high) >>> 1;
      if (this.#line[mid].end <= end) low = mid + 1;
      else high = mid;
    }
    return low;
  }
  #remove(key) {
    const entry = this.#byKey.get(key);
    if (!entry) return false;
    this.#byKey.delete(key);
    this.#line.splice(this.#line.indexOf(entry), 1);
    return true;
  }
  set(key, value, ttl) {
    const life = positive(ttl ?? this.#ttl) * (1 + Math.random() * this.#spread);
    this.#expire();
    this.#remove(key);
    const entry = { key, value, end: Date.now() + Math.floor(life) };
    this.#line.splice(this.#place(entry.end), 0, entry);
    this.#byKey.set(key, entry);
    this.#set();
  }
  setAll(entries) { for (const entry of entries) this.set(entry[0], entry[1]); }
  get(key) { this.#expire(); return this.#byKey.get(key)?.value; }
  has(key) { this.#expire(); return this.#byKey.has(key); }
  delete(key) { this.#expire(); const had = this.#remove(key); this.#set(); return had; }
  size() { this.#expire(); return this.#line.length; }
}
function positive(ttl) {
  if (!(ttl > 0)) throw new RangeError('ttl');
  return ttl;
}
