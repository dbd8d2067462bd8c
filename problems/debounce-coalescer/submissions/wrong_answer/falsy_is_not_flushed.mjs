// fails: flushes
// `flush` takes a falsy value for nothing to flush; the timers do not.
export class Coalescer {
  #emit;
  #quietMs;
  #maxWaitMs;
  #bursts = new Map();

  constructor(emit, { quietMs, maxWaitMs }) {
    if (!(quietMs > 0)) throw new RangeError('quietMs must be above 0');
    if (!(maxWaitMs >= quietMs)) throw new RangeError('maxWaitMs must not be less than quietMs');
    this.#emit = emit;
    this.#quietMs = quietMs;
    this.#maxWaitMs = maxWaitMs;
  }

  push(key, value) {
    let burst = this.#bursts.get(key);
    if (!burst) {
      burst = { longest: setTimeout(() => this.#fire(key), this.#maxWaitMs) };
      this.#bursts.set(key, burst);
    }
    burst.value = value;
    clearTimeout(burst.quiet);
    burst.quiet = setTimeout(() => this.#fire(key), this.#quietMs);
  }

  flush(key) {
    const burst = this.#bursts.get(key);
    if (!burst?.value) return false;
    this.#fire(key);
    return true;
  }

  #fire(key) {
    const { value } = this.#bursts.get(key);
    this.cancel(key);
    this.#emit(key, value);
  }

  cancel(key) {
    const burst = this.#bursts.get(key);
    if (!burst) return false;
    clearTimeout(burst.quiet);
    clearTimeout(burst.longest);
    return this.#bursts.delete(key);
  }
}
