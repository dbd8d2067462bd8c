// fails: keys
// `cancel` asks a plain object whether there is a burst; `constructor` is always there.
export class Coalescer {
  #emit;
  #quietMs;
  #maxWaitMs;
  #bursts = new Map();
  #pending = {};

  constructor(emit, { quietMs, maxWaitMs }) {
    if (!(quietMs > 0)) throw new RangeError('quietMs must be above 0');
    if (!(maxWaitMs >= quietMs)) throw new RangeError('maxWaitMs must not be less than quietMs');
    this.#emit = emit;
    this.#quietMs = quietMs;
    this.#maxWaitMs = maxWaitMs;
  }

  push(key, value) {
    this.#pending[key] = true;
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
    if (!this.#pending[key]) return false;
    delete this.#pending[key];
    const burst = this.#bursts.get(key) ?? {};
    clearTimeout(burst.quiet);
    clearTimeout(burst.longest);
    this.#bursts.delete(key);
    return true;
  }
}
