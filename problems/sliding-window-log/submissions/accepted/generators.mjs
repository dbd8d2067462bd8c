// Odd but right: a generator for each key, which is asked `true` to take and `false` to look, and keeps the
// moments at which requests stop counting in a linked list.
function* requests(limit, windowMs) {
  let first = null;
  let last = null;
  let count = 0;
  let answer;
  for (;;) {
    const take = yield answer;
    const now = Date.now();
    while (first !== null && first.until <= now) {
      first = first.next;
      count -= 1;
    }
    answer = count < limit ? 0 : first.until - now;
    if (!take || answer > 0) continue;
    const request = { until: now + windowMs, next: null };
    if (first === null) first = request;
    else last.next = request;
    last = request;
    count += 1;
  }
}

export class SlidingWindowLog {
  constructor(limit, windowMs) {
    const refused = [limit, windowMs].find((each) => !Number.isInteger(each) || each <= 0);
    if (refused !== undefined || Number.isNaN(limit + windowMs)) throw new RangeError(`${refused}`);
    this.ask = (key, take) => {
      if (!this.keys.has(key)) {
        this.keys.set(key, requests(limit, windowMs));
        this.keys.get(key).next();
      }
      return this.keys.get(key).next(take).value;
    };
    this.keys = new Map();
  }

  tryAcquire(key) {
    return this.ask(key, true) === 0;
  }

  retryAfter(key) {
    return this.ask(key, false);
  }
}
