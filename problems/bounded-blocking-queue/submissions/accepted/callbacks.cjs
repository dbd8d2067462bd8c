// Node callbacks inside, promises outside; a ring buffer; hops with process.nextTick.
'use strict';

// An error comes in a box: a signal's reason may be falsy.
const promised = (ask) => new Promise((resolve, reject) => {
  ask((failure, value) => (failure ? reject(failure.error) : resolve(value)));
});

function closed() {
  const error = new Error('closed');
  error.name = 'QueueClosedError';
  return error;
}

class Ring {
  constructor(n) { this.slots = new Array(Math.min(n, 1 << 16)); this.from = 0; this.used = 0; }
  add(x) { this.slots[(this.from + this.used++) % this.slots.length] = x; }
  take() {
    const x = this.slots[this.from];
    this.slots[this.from] = undefined;
    this.from = (this.from + 1) % this.slots.length;
    this.used--;
    return x;
  }
}

class BoundedQueue {
  constructor(capacity) {
    if (!(Number.isInteger(capacity) && capacity > 0)) throw new RangeError('capacity must be a positive integer');
    this.capacity = capacity;
    this.ring = new Ring(capacity);
    this.in = new Set();
    this.out = new Set();
    this.isClosed = false;
    this.put = (value, signal) => promised((callback) => this._put(value, signal, callback));
    this.take = (signal) => promised((callback) => this._take(signal, callback));
  }
  _ask(set, request, signal) {
    if (signal) {
      const give = () => { if (set.delete(request)) request.callback({ error: signal.reason }); };
      signal.addEventListener('abort', give);
      const { callback } = request;
      request.callback = (...result) => { signal.removeEventListener('abort', give); callback(...result); };
    }
    set.add(request);
    this._serve();
  }
  _put(value, signal, callback) {
    if (signal && signal.aborted) return callback({ error: signal.reason });
    if (this.isClosed) return callback({ error: closed() });
    return this._ask(this.in, { value, callback }, signal);
  }
  _take(signal, callback) {
    if (signal && signal.aborted) return callback({ error: signal.reason });
    return this._ask(this.out, { callback }, signal);
  }
  _serve() {
    for (let moved = true; moved;) {
      moved = false;
      for (const request of this.in) {
        if (this.ring.used === this.capacity) break;
        this.in.delete(request);
        this.ring.add(request.value);
        process.nextTick(request.callback, null);
        moved = true;
      }
      for (const request of this.out) {
        if (this.ring.used === 0) break;
        this.out.delete(request);
        process.nextTick(request.callback, null, this.ring.take());
        moved = true;
      }
    }
    if (!this.isClosed) return;
    const refused = [...this.in, ...(this.ring.used === 0 ? this.out : [])];
    for (const request of refused) {
      this.in.delete(request);
      this.out.delete(request);
      process.nextTick(request.callback, { error: closed() });
    }
  }
  close() { this.isClosed = true; this._serve(); }
  size() { return this.ring.used; }
}
module.exports = { BoundedQueue };
