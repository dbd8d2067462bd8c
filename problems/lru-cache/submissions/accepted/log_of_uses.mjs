// A log of uses with a head that moves on; stale lines are passed over, and it is compacted now and then.
export class LruCache {
  #capacity; #options; #table = new Map(); #log = []; #head = 0; #clock = 0;
  constructor(capacity, options) {
    if (typeof capacity !== 'number' || capacity !== Math.floor(capacity) || capacity < 1) throw new RangeError('bad capacity');
    this.#capacity = capacity;
    this.#options = Object.freeze({ ...options });
  }
  #use(key, entry) {
    entry.stamp = ++this.#clock;
    this.#log.push({ key, entry, stamp: entry.stamp });
    if (this.#log.length > 4 * this.#capacity + 8) {
      this.#log = this.#log.slice(this.#head).filter((line) => this.#isFresh(line));
      this.#head = 0;
    }
  }
  #isFresh({ key, entry, stamp }) { return this.#table.get(key) === entry && entry.stamp === stamp; }
  get(key) {
    const entry = this.#table.get(key);
    if (!entry) return;
    this.#use(key, entry);
    return entry.value;
  }
  set(key, value) {
    const entry = this.#table.get(key);
    if (entry) {
      entry.value = value;
      this.#use(key, entry);
      return;
    }
    while (this.#table.size >= this.#capacity) {
      const line = this.#log[this.#head++];
      if (!this.#isFresh(line)) continue;
      this.#options.onEvict?.(line.key, line.entry.value);
      this.#table.delete(line.key);
    }
    const fresh = { value };
    this.#table.set(key, fresh);
    this.#use(key, fresh);
  }
  has(key) { return this.#table.has(key); }
  delete(key) { return this.#table.delete(key); }
  size() { return this.#table.size; }
}
