// Odd but right: a burst is an async function that sleeps again and again; pushes, flushes and cancellations wake it
// up through an AbortController.
import { setTimeout as sleep } from 'node:timers/promises';

class Burst {
  over = false;
  latest;
  #alarm = new AbortController();

  constructor(value, maxWaitMs) {
    this.value = value;
    this.latest = Date.now() + maxWaitMs;
  }

  async run(quietMs, end) {
    while (!this.over) {
      this.#alarm = new AbortController();
      const ms = Math.min(quietMs, this.latest - Date.now());
      const slept = await sleep(ms, true, { signal: this.#alarm.signal }).catch(() => false);
      if (slept && !this.over) return end();
    }
  }

  wake() {
    this.#alarm.abort();
  }
}

export class Coalescer {
  #bursts = new Map();

  constructor(emit, options) {
    if (!(options.quietMs > 0)) throw new RangeError(`quietMs ${options.quietMs}`);
    if (!(options.maxWaitMs >= options.quietMs)) throw new RangeError(`maxWaitMs ${options.maxWaitMs}`);
    this.emit = emit;
    this.options = options;
  }

  push(key, value) {
    const { quietMs, maxWaitMs } = this.options;
    let burst = this.#bursts.get(key);
    if (burst) {
      burst.value = value;
      burst.wake();
      return;
    }
    burst = new Burst(value, maxWaitMs);
    this.#bursts.set(key, burst);
    burst.run(quietMs, () => this.flush(key));
  }

  cancel(key) {
    const burst = this.#bursts.get(key);
    if (!burst) return false;
    burst.over = true;
    burst.wake();
    return this.#bursts.delete(key);
  }

  flush(key) {
    const value = this.#bursts.get(key)?.value;
    const some = this.cancel(key);
    if (some) this.emit(key, value);
    return some;
  }
}
