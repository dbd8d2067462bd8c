// fails: max-wait, flushes, cancels
// The beginning of the first burst stays: every later one is overdue when it begins.
export class Coalescer {
  constructor(emit, { quietMs, maxWaitMs }) {
    if (!(quietMs > 0 && maxWaitMs >= quietMs)) throw new RangeError('quietMs and maxWaitMs');
    Object.assign(this, { emit, quietMs, maxWaitMs, began: new Map(), bursts: new Map() });
  }

  push(key, value) {
    const now = Date.now();
    if (!this.began.has(key)) this.began.set(key, now);
    clearTimeout(this.bursts.get(key)?.timer);
    const wait = Math.min(this.quietMs, this.began.get(key) + this.maxWaitMs - now);
    this.bursts.set(key, { value, timer: setTimeout(() => this.flush(key), wait) });
  }

  flush(key) {
    const burst = this.bursts.get(key);
    if (!this.cancel(key)) return false;
    this.emit(key, burst.value);
    return true;
  }

  cancel(key) {
    clearTimeout(this.bursts.get(key)?.timer);
    return this.bursts.delete(key);
  }
}
