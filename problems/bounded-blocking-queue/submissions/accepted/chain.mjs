// Both lines are chains of promises: whoever comes waits for the one before, then for room or for a value.
export class BoundedQueue {
  #capacity; #values = []; #closed = false;
  #lastPut = Promise.resolve(); #lastTake = Promise.resolve();
  #changed = new Set();
  constructor(capacity) {
    if (!Number.isSafeInteger(capacity) || capacity <= 0) throw new RangeError();
    this.#capacity = capacity;
  }
  #ring() { const all = [...this.#changed]; this.#changed.clear(); for (const wake of all) wake(); }
  async #until(condition, signal) {
    for (;;) {
      signal?.throwIfAborted();
      if (condition()) return;
      let wake;
      await new Promise((resolve) => {
        wake = resolve;
        this.#changed.add(wake);
        signal?.addEventListener('abort', wake, { once: true });
      });
      signal?.removeEventListener('abort', wake);
      this.#changed.delete(wake);
    }
  }
  async #inTurn(which, signal, condition, act) {
    const line = which === 'put' ? this.puts : this.takes;
    const ticket = {};
    line.push(ticket);
    try {
      await this.#until(() => line[0] === ticket && condition(), signal);
      return act();
    } finally {
      line.splice(line.indexOf(ticket), 1);
      this.#ring();
    }
  }
  puts = []; takes = [];
  async put(value, signal) {
    signal?.throwIfAborted();
    if (this.#closed) throw closedError();
    let refused = false;
    return this.#inTurn('put', signal, () => this.#closed || this.#values.length < this.#capacity, () => {
      if (this.#closed) throw closedError();
      this.#values.push(value);
    });
  }
  async take(signal) {
    return this.#inTurn('take', signal, () => this.#closed || this.#values.length > 0, () => {
      if (this.#values.length === 0) throw closedError();
      return this.#values.shift();
    });
  }
  close() { this.#closed = true; this.#ring(); }
  size() { return this.#values.length; }
}
const closedError = () => Object.assign(new Error('closed'), { name: 'QueueClosedError' });
