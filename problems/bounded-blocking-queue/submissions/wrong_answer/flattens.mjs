// fails: any-value
// `concat` takes a value that is a list for several values, or for none.
export class BoundedQueue {
  #capacity;
  #values = [];
  #putters = [];
  #takers = [];
  #closed = false;

  constructor(capacity) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity is below 1');
    this.#capacity = capacity;
  }

  async put(value, signal) {
    signal?.throwIfAborted();
    if (this.#closed) throw closedError();
    if (this.#takers.length > 0) return this.#takers.shift().serve(value);
    if (this.#values.length >= this.#capacity) return this.#wait(this.#putters, signal, value);
    this.#values = this.#values.concat(value);
  }

  async take(signal) {
    signal?.throwIfAborted();
    if (this.#values.length > 0) {
      const value = this.#values.shift();
      const putter = this.#putters.shift();
      if (putter) {
        this.#values.push(putter.value);
        putter.serve();
      }
      return value;
    }
    if (this.#closed) throw closedError();
    return this.#wait(this.#takers, signal);
  }

  close() {
    this.#closed = true;
    for (const waiter of [...this.#putters, ...this.#takers]) waiter.refuse(closedError());
    this.#putters = [];
    this.#takers = [];
  }

  size() {
    return this.#values.length;
  }

  #wait(line, signal, value) {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        line.splice(line.indexOf(waiter), 1);
        reject(signal.reason);
      };
      const leave = () => signal?.removeEventListener('abort', onAbort);
      const waiter = {
        value,
        serve: (result) => { leave(); resolve(result); },
        refuse: (error) => { leave(); reject(error); },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      line.push(waiter);
    });
  }
}

function closedError() {
  return Object.assign(new Error('the queue is closed'), { name: 'QueueClosedError' });
}
