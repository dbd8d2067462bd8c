// fails: no-more, boundary, keys, retry-after
// Counts in windows of the clock: twice the limit fits around a boundary.
export class SlidingWindowLog {
  constructor(limit, windowMs) {
    for (const each of [limit, windowMs]) {
      if (!Number.isInteger(each) || each < 1) throw new RangeError('limit and windowMs');
    }
    Object.assign(this, { limit, windowMs, windows: new Map() });
  }

  window(key) {
    const begin = Math.floor(Date.now() / this.windowMs) * this.windowMs;
    let window = this.windows.get(key);
    if (window?.begin !== begin) {
      window = { begin, count: 0 };
      this.windows.set(key, window);
    }
    return window;
  }

  tryAcquire(key) {
    const window = this.window(key);
    if (window.count >= this.limit) return false;
    window.count += 1;
    return true;
  }

  retryAfter(key) {
    const window = this.window(key);
    return window.count < this.limit ? 0 : window.begin + this.windowMs - Date.now();
  }
}
