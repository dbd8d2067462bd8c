// fails: reports
// An entry is removed and reported only when somebody asks for something.
export class TtlCache {
  #ttl;
  #jitter;
  #onExpire;
  #entries = new Map();

  constructor(ttl, { jitter = 0, onExpire } = {}) {
    check(ttl);
    this.#ttl = ttl;
    this.#jitter = jitter;
    this.#onExpire = onExpire;
  }

  set(key, value, ttl = this.#ttl) {
    check(ttl);
    const life = ttl * (1 + Math.random() * this.#jitter);
    this.#entries.set(key, { value, until: Date.now() + life });
  }

  setAll(entries) {
    for (const [key, value] of entries) this.set(key, value);
  }

  get(key) {
    return this.#seen(key)?.value;
  }

  has(key) {
    return this.#seen(key) !== undefined;
  }

  delete(key) {
    const seen = this.has(key);
    if (seen) this.#entries.delete(key);
    return seen;
  }

  size() {
    this.#sweep();
    return this.#entries.size;
  }

  #seen(key) {
    this.#sweep();
    const entry = this.#entries.get(key);
    return entry !== undefined && Date.now() < entry.until ? entry : undefined;
  }

  #sweep() {
    const now = Date.now();
    for (const [key, { value, until }] of this.#entries) {
      if (now < until) continue;
      this.#entries.delete(key);
      this.#onExpire?.(key, value);
    }
  }
}

function check(ttl) {
  if (!(ttl > 0)) throw new RangeError('ttl must be above 0');
}
