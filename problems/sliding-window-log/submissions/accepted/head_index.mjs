// Moments in one array with an index for its head, cut when half of it is dead; a class with static parts.
class Log {
  static #empty = Object.freeze(new Log());
  moments = [];
  head = 0;

  static of(logs, key) {
    return logs.get(key) ?? Log.#empty;
  }

  count(now, window) {
    let low = this.head;
    let high = this.moments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (now - this.moments[middle] >= window) low = middle + 1;
      else high = middle;
    }
    return this.moments.length - low;
  }

  add(now, limit) {
    this.moments.push(now);
    if (this.moments.length - this.head > limit) this.head += 1;
    if (this.head > 16 && this.head * 2 > this.moments.length) {
      this.moments = this.moments.slice(this.head);
      this.head = 0;
    }
  }
}

export class SlidingWindowLog {
  constructor(limit, windowMs) {
    if (![limit, windowMs].every((each) => Number.isInteger(each) && each > 0)) {
      throw new RangeError('limit and windowMs');
    }
    Object.defineProperties(this, {
      limit: { value: limit },
      windowMs: { value: windowMs },
      logs: { value: new Map() },
    });
  }

  tryAcquire(key) {
    const now = Date.now();
    if (Log.of(this.logs, key).count(now, this.windowMs) >= this.limit) return false;
    if (!this.logs.has(key)) this.logs.set(key, new Log());
    this.logs.get(key).add(now, this.limit);
    return true;
  }

  retryAfter(key) {
    const now = Date.now();
    const log = Log.of(this.logs, key);
    if (log.count(now, this.windowMs) < this.limit) return 0;
    return log.moments[log.moments.length - this.limit] + this.windowMs - now;
  }
}
