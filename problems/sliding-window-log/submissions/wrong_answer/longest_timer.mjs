// fails: boundary
// Forgets by timers: one that is longer than timers can be goes off at once.
export class SlidingWindowLog {
  constructor(limit, windowMs) {
    if (!Number.isInteger(limit) || !Number.isInteger(windowMs) || limit < 1 || windowMs < 1) throw new RangeError(
    "arguments");
    this.limit = limit;
    this.windowMs = windowMs;
    this.logs = new Map();
  }
  clean(key) {
    const log = this.logs.get(key) ?? [];
    return log.filter((t) => t.open && Date.now() < t.end);
  }
  tryAcquire(key) {
    const log = this.clean(key);
    this.logs.set(key, log);
    if (log.length >= this.limit) return false;
    const t = { open: true, end: Date.now() + this.windowMs };
    log.push(t);
    setTimeout(() => {
      t.open = false;
    }, this.windowMs).unref();
    return true;
  }
  retryAfter(key) {
    const log = this.clean(key);
    return log.length < this.limit ? 0 : log[0].end - Date.now();
  }
}
