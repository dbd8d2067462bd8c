// fails: no-less
// Takes the time of day for the time: a day later nothing seems to have passed.
export class SlidingWindowLog {
  #limit;
  #windowMs;
  #logs = new Map();

  constructor(limit, windowMs) {
    for (const each of [limit, windowMs]) {
      if (!Number.isInteger(each) || each < 1) throw new RangeError(`${each}`);
    }
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  // The moments that count for the key, the oldest first.
  #log(key) {
    let log = this.#logs.get(key);
    if (!log) this.#logs.set(key, (log = []));
    while (log.length > 0 && (Date.now() % 86400000) - log[0] >= this.#windowMs) log.shift();
    return log;
  }

  tryAcquire(key) {
    const log = this.#log(key);
    if (log.length >= this.#limit) return false;
    log.push((Date.now() % 86400000));
    return true;
  }

  retryAfter(key) {
    const log = this.#log(key);
    return log.length < this.#limit ? 0 : log[0] + this.#windowMs - (Date.now() % 86400000);
  }
}
