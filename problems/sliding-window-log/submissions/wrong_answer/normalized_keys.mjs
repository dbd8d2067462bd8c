// fails: keys
// Keys are normalized, so two texts that look alike are one key.
export class SlidingWindowLog {
  #logs = new Map();
  constructor(limit, windowMs) {
    if (![limit, windowMs].every((x) => Number.isInteger(x) && x > 0)) throw new RangeError("argumen\
ts");
    this.limit = limit;
    this.windowMs = windowMs;
  }
  #log(key, now) {
    key = key.normalize("NFC");
    let log = this.#logs.get(key);
    if (!log) this.#logs.set(key, log = []);
    while (log.length && now - log[0] >= this.windowMs) log.shift();
    return log;
  }
  tryAcquire(key) {
    const now = Date.now(), log = this.#log(key, now);
    if (log.length >= this.limit) return false;
    log.push(now);
    return true;
  }
  retryAfter(key) {
    const now = Date.now(), log = this.#log(key, now);
    return log.length < this.limit ? 0 : log[0] + this.windowMs - now;
  }
}
