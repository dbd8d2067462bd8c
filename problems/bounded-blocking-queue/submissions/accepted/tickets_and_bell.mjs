// Odd but right: like threads with a condition variable. Everybody draws a ticket, and whenever
// something changes all wake up and look for themselves whether it is their turn.
export class BoundedQueue {
  constructor(capacity) {
    if (!(Math.floor(capacity) === capacity && capacity >= 1)) throw new RangeError('capacity');
    this.capacity = capacity;
    this.values = [];
    this.putting = [];
    this.taking = [];
    this.closed = false;
    this.bell = new EventTarget();
  }

  put(value, signal) {
    return this.#turn(this.putting, signal, () => {
      if (this.closed) throw this.#error();
      return this.values.length < this.capacity && { result: void this.values.push(value) };
    });
  }

  take(signal) {
    return this.#turn(this.taking, signal, () => {
      if (this.values.length === 0 && this.closed) throw this.#error();
      return this.values.length > 0 && { result: this.values.shift() };
    });
  }

  // Waits until the caller is the first of its line and `attempt` gives something.
  async #turn(line, signal, attempt) {
    if (signal?.aborted) throw signal.reason;
    const ticket = Symbol('ticket');
    line.push(ticket);
    try {
      for (;;) {
        const done = line[0] === ticket && attempt();
        if (done) return done.result;
        await this.#bell(signal);
        if (signal?.aborted) throw signal.reason;
      }
    } finally {
      line.splice(line.indexOf(ticket), 1);
      this.#ring();
    }
  }

  #bell(signal) {
    return new Promise((resolve) => {
      const heard = () => {
        this.bell.removeEventListener('ring', heard);
        signal?.removeEventListener('abort', heard);
        resolve();
      };
      this.bell.addEventListener('ring', heard);
      signal?.addEventListener('abort', heard);
    });
  }

  #ring() {
    this.bell.dispatchEvent(new Event('ring'));
  }

  #error() {
    const error = new Error('closed');
    error.name = 'QueueClosedError';
    return error;
  }

  close() {
    this.closed = true;
    this.#ring();
  }

  size() {
    return this.values.length;
  }
}
