// fails: no-more, boundary, keys, retry-after
// A set of moments: of two requests in one millisecond only one is remembered.
export class SlidingWindowLog {
  constructor(limit, windowMs) {
    for (const each of [limit, windowMs]) {
      if (!Number.isInteger(each) || each < 1) throw new RangeError('limit and windowMs');
    }
    Object.assign(this, { limit, windowMs, logs: new Map() });
  }

  log(key) {
    if (!this.logs.has(key)) this.logs.set(key, new Set());
    const log = this.logs.get(key);
    for (const at of log) if (Date.now() - at >= this.windowMs) log.delete(at);
    return log;
  }

  tryAcquire(key) {
    const log = this.log(key);
    if (log.size >= this.limit) return false;
    log.add(Date.now());
    return true;
  }

  retryAfter(key) {
    const log = this.log(key);
    return log.size < this.limit ? 0 : Math.min(...log) + this.windowMs - Date.now();
  }
}
