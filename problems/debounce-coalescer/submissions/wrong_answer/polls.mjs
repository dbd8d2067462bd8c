// fails: prompt, max-wait?
// Looks every 25 ms whether something is due.
export class Coalescer {
  constructor(emit, { quietMs, maxWaitMs }) {
    if (!(quietMs > 0 && maxWaitMs >= quietMs)) throw new RangeError('quietMs and maxWaitMs');
    Object.assign(this, { emit, quietMs, maxWaitMs, bursts: new Map() });
  }

  push(key, value) {
    const now = Date.now();
    const began = this.bursts.get(key)?.began ?? now;
    this.bursts.set(key, { value, began, last: now });
    this.poll ??= setInterval(() => this.look(Date.now()), 25);
  }

  look(now) {
    for (const [key, { began, last }] of [...this.bursts]) {
      if (now - last >= this.quietMs || now - began >= this.maxWaitMs) this.flush(key);
    }
    if (this.bursts.size > 0) return;
    clearInterval(this.poll);
    this.poll = undefined;
  }

  flush(key) {
    const burst = this.bursts.get(key);
    if (!this.cancel(key)) return false;
    this.emit(key, burst.value);
    return true;
  }

  cancel(key) {
    return this.bursts.delete(key);
  }
}
