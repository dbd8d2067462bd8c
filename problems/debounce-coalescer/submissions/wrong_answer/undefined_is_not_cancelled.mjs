// fails: cancels
// `cancel` says that there was nothing when the value was undefined.
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
    }
    burst.value = value;
    clearTimeout(burst.quiet);
    burst.quiet = setTimeout(() => this.flush(key), this.#quietMs);
  }

  flush(key) {
    const burst = this.#bursts.get(key);
    if (!burst) return false;
    this.cancel(key);
    this.#emit(key, burst.value);
    return true;
  }

  cancel(key) {
    const burst = this.#bursts.get(key);
    if (!burst) return false;
    const some = burst.value !== undefined;
    clearTimeout(burst.quiet);
    clearTimeout(burst.longest);
    return this.#bursts.delete(key) && some;
  }
}
