// fails: keys
// Emits what waits longest when more than eight keys wait.
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
      burst = { longest: setTimeout(() => this.flush(key), this.#maxWaitMs) };
      this.#bursts.set(key, burst);
      if (this.#bursts.size > 8) this.flush(this.#bursts.keys().next().value);
    }
    burst.value = value;
    clearTimeout(burst.quiet);
    burst.quiet = setTimeout(() => this.flush(key), this.#quietMs);
  }

  flush(key) {
    const burst = this.#bursts.get(key);
    if (!this.cancel(key)) return false;
    this.#emit(key, burst.value);
    return true;
  }

  cancel(key) {
    const burst = this.#bursts.get(key);
    if (!burst) return false;
    clearTimeout(burst.quiet);
    clearTimeout(burst.longest);
    return this.#bursts.delete(key);
  }
}
