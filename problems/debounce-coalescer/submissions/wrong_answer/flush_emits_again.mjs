// fails: keys, flushes, cancels?
// Flushing emits and leaves the burst where it is: it comes again when it is due.
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
      burst = { longest: setTimeout(() => this.#end(key), this.#maxWaitMs) };
      this.#bursts.set(key, burst);
    }
    burst.value = value;
    clearTimeout(burst.quiet);
    burst.quiet = setTimeout(() => this.#end(key), this.#quietMs);
  }

  flush(key) {
    if (!this.#bursts.has(key)) return false;
    this.#emit(key, this.#bursts.get(key).value);
    return true;
  }

  #end(key) {
    this.flush(key);
    this.cancel(key);
  }

  cancel(key) {
    const burst = this.#bursts.get(key);
    if (!burst) return false;
    clearTimeout(burst.quiet);
    clearTimeout(burst.longest);
    return this.#bursts.delete(key);
  }
}
