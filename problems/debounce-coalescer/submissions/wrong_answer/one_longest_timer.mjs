// fails: max-wait
// There is one timer of the longest wait: the burst of one key takes it from that of another.
export class Coalescer {
  #emit;
  #quietMs;
  #maxWaitMs;
  #bursts = new Map();
  #longest;

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
      burst = {};
      clearTimeout(this.#longest);
      this.#longest = setTimeout(() => this.flush(key), this.#maxWaitMs);
      this.#bursts.set(key, burst);
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
    if (this.#bursts.size === 1) clearTimeout(this.#longest);
    return this.#bursts.delete(key);
  }
}
