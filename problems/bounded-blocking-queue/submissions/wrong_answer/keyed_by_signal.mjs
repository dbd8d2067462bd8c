// fails: cancels, listeners
// Listeners are kept by signal: two calls with one signal have one place for theirs.
class QueueClosedError extends Error {
  name = "QueueClosedError";
}
export class BoundedQueue {
  #items = [];
  #puts = [];
  #takes = [];
  #closed = false;
  #quits = new Map();
  #capacity;
  constructor(capacity) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError("capacity");
    this.#capacity = capacity;
  }
  size() {
    return this.#items.length;
  }
  async put(value, signal) {
    signal?.throwIfAborted();
    if (this.#closed) throw new QueueClosedError("closed");
    const next = this.#takes.shift();
    if (next) {
      next.done(value);
      return;
    }
    if (this.#items.length < this.#capacity) {
      this.#items.push(value);
      return;
    }
    return this.#wait(this.#puts, { value }, signal);
  }
  async take(signal) {
    signal?.throwIfAborted();
    if (this.#items.length > 0) {
      const value = this.#items.shift();
      const next = this.#puts.shift();
      if (next) {
        this.#items.push(next.value);
        next.done();
      }
      return value;
    }
    if (this.#closed) throw new QueueClosedError("closed");
    return this.#wait(this.#takes, {}, signal);
  }
  close() {
    if (this.#closed) return;
    this.#closed = true;
    for (const w of [...this.#puts.splice(0), ...this.#takes.splice(0)]) w.fail(new QueueClosedError(
    "closed"));
  }
  #wait(line, waiter, signal) {
    return new Promise((resolve, reject) => {
      const quit = () => {
        line.splice(line.indexOf(waiter), 1);
        waiter.fail(signal.reason);
      };
      if (signal) this.#quits.set(signal, quit);
      const stop = () => signal?.removeEventListener("abort", this.#quits.get(signal));
      waiter.done = (value) => {
        stop();
        resolve(value);
      };
      waiter.fail = (error) => {
        stop();
        reject(error);
      };
      signal?.addEventListener("abort", quit);
      line.push(waiter);
    });
  }
}
