// fails: no-more, retry-after, boundary, keys?
// The window begins with the first request and ends for all of them at once.
export class SlidingWindowLog {
  constructor(limit, windowMs) {
    for (const each of [limit, windowMs]) {
      if (!Number.isInteger(each) || each < 1) throw new RangeError('limit and windowMs');
    }
    Object.assign(this, { limit, windowMs, windows: new Map() });
  }

  window(key) {
    const begin = Date.now();
    let window = this.windows.get(key);
    if (!window || begin - window.begin >= this.windowMs) {
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
