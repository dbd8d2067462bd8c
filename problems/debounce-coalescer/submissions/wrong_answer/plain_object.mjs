// fails: keys
// Bursts in an object: `constructor` and `__proto__` are there already.
export class Coalescer {
  constructor(emit, { quietMs, maxWaitMs }) {
    if (!(quietMs > 0 && maxWaitMs >= quietMs)) throw new RangeError('quietMs and maxWaitMs');
    Object.assign(this, { emit, quietMs, maxWaitMs, bursts: {} });
  }

  push(key, value) {
    this.bursts[key] ??= { began: Date.now() };
    const burst = this.bursts[key];
    burst.value = value;
    clearTimeout(burst.timer);
    const left = burst.began + this.maxWaitMs - Date.now();
    burst.timer = setTimeout(() => this.flush(key), Math.min(this.quietMs, left));
  }

  flush(key) {
    const burst = this.bursts[key];
    if (!this.cancel(key)) return false;
    this.emit(key, burst.value);
    return true;
  }

  cancel(key) {
    if (!(key in this.bursts)) return false;
    clearTimeout(this.bursts[key].timer);
    return delete this.bursts[key];
  }
}
