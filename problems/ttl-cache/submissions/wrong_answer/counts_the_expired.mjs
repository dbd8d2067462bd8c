// fails: counts, spreads?, jitter?
// `size` counts what waits to be swept.
export class TtlCache {
  #ttl;
  #jitter;
  #onExpire;
  #entries = new Map();
  #timer;

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
    this.#timer ??= setInterval(() => this.#sweep(), 500).unref();
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
    return this.#entries.size;
  }

  #seen(key) {
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
    if (this.#entries.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

function check(ttl) {
  if (!(ttl > 0)) throw new RangeError('ttl must be above 0');
}
