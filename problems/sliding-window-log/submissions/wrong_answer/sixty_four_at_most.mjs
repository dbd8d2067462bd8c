// fails: no-less
// Never admits more than 64 requests, whatever the limit is.
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
    while (log.length > 0 && Date.now() - log[0] >= this.#windowMs) log.shift();
    return log;
  }

  tryAcquire(key) {
    const log = this.#log(key);
    if (log.length >= Math.min(this.#limit, 64)) return false;
    log.push(Date.now());
    return true;
  }

  retryAfter(key) {
    const log = this.#log(key);
    return log.length < this.#limit ? 0 : log[0] + this.#windowMs - Date.now();
  }
}
