// fails: keys, max-wait
// All keys share one quiet timer: whoever pushes makes everybody wait.
export class Coalescer {
  #emit;
  #quietMs;
  #maxWaitMs;
  #bursts = new Map();
  #quiet;

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
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => [...this.#bursts.keys()].forEach((each) => this.flush(each)), this.#quietMs);
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
    clearTimeout(burst.longest);
    if (this.#bursts.size === 1) clearTimeout(this.#quiet);
    return this.#bursts.delete(key);
  }
}
