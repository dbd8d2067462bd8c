// fails: no-more, no-less, boundary, keys, retry-after
// Two counters and a weight for a log: takes requests for evenly spread.
export class SlidingWindowLog {
  constructor(limit, windowMs) {
    for (const each of [limit, windowMs]) {
      if (!Number.isInteger(each) || each < 1) throw new RangeError('limit and windowMs');
    }
    Object.assign(this, { limit, windowMs, counts: new Map() });
  }

  count(key) {
    const window = Math.floor(Date.now() / this.windowMs);
    let count = this.counts.get(key) ?? { window, now: 0, before: 0 };
    if (count.window !== window) {
      count = { window, now: 0, before: count.window === window - 1 ? count.now : 0 };
    }
    this.counts.set(key, count);
    return count;
  }

  tryAcquire(key) {
    const count = this.count(key);
    const passed = (Date.now() % this.windowMs) / this.windowMs;
    if (count.before * (1 - passed) + count.now + 1 > this.limit) return false;
    count.now += 1;
    return true;
  }

  retryAfter(key) {
    const count = this.count(key);
    return count.now < this.limit ? 0 : this.windowMs - (Date.now() % this.windowMs);
  }
}
