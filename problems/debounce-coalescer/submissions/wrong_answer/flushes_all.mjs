// fails: keys
// Flushing one key emits what is pending for all of them.
export class Coalescer {
  constructor(emit, { quietMs, maxWaitMs }) {
    if (!(quietMs > 0 && maxWaitMs >= quietMs)) throw new RangeError('quietMs and maxWaitMs');
    Object.assign(this, { emit, quietMs, maxWaitMs, bursts: new Map() });
  }

  push(key, value) {
    const burst = this.bursts.get(key) ?? { until: Date.now() + this.maxWaitMs };
    clearTimeout(burst.timer);
    burst.value = value;
    burst.timer = setTimeout(() => this.#end(key), Math.min(this.quietMs, burst.until - Date.now()));
    this.bursts.set(key, burst);
  }

  #end(key) {
    const { value } = this.bursts.get(key);
    this.cancel(key);
    this.emit(key, value);
  }

  flush(key) {
    const some = this.bursts.has(key);
    for (const each of [...this.bursts.keys()]) this.#end(each);
    return some;
  }

  cancel(key) {
    clearTimeout(this.bursts.get(key)?.timer);
    return this.bursts.delete(key);
  }
}
