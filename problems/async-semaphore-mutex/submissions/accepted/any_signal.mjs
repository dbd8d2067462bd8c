// Races the grant against the signal; whoever lost the race hands the permit on.
import { once } from 'node:events';
export class Semaphore {
  #permits; #out = 0; #grants = [];
  constructor(permits) {
    if (!(Number.isInteger(permits) && permits >= 1)) throw new RangeError('permits');
    this.#permits = permits;
  }
  #shift() {
    while (this.#out < this.#permits && this.#grants.length > 0) {
      this.#out += 1;
      this.#grants.shift()();
    }
  }
  #makeRelease() {
    let used = false;
    return () => { if (used) return; used = true; this.#out -= 1; this.#shift(); };
  }
  async acquire(signal) {
    signal?.throwIfAborted();
    let grant;
    let granted = false;
    const mine = new Promise((resolve) => { grant = () => { granted = true; resolve(); }; });
    this.#grants.push(grant);
    this.#shift();
    if (!signal || granted) { await mine; return this.#makeRelease(); }
    const quit = new AbortController();
    const aborted = once(signal, 'abort', { signal: quit.signal }).then(() => true, () => false);
    const lost = await Promise.race([mine.then(() => false), aborted]);
    quit.abort();
    if (!lost) return this.#makeRelease();
    if (granted) return this.#makeRelease();
    this.#grants.splice(this.#grants.indexOf(grant), 1);
    throw signal.reason;
  }
  async runExclusive(body) {
    const release = await this.acquire();
    try { return await body(); } finally { release(); }
  }
}
