// fails: aborted-before?, cancels?
// util.promisify takes a falsy reason for no error, so the call fulfils.
'use strict';
const util = require('node:util');

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
    this.put = (value, signal) => util.promisify(this._put).call(this, value, signal);
    this.take = (signal) => util.promisify(this._take).call(this, signal);
  }
  _ask(set, request, signal) {
    if (signal) {
      const give = () => { if (set.delete(request)) request.callback(signal.reason === undefined ? new Error() : signal.reason); };
      signal.addEventListener('abort', give);
      const { callback } = request;
      request.callback = (...result) => { signal.removeEventListener('abort', give); callback(...result); };
    }
    set.add(request);
    this._serve();
  }
  _put(value, signal, callback) {
    if (signal && signal.aborted) return callback(signal.reason);
    if (this.isClosed) return callback(closed());
    return this._ask(this.in, { value, callback }, signal);
  }
  _take(signal, callback) {
    if (signal && signal.aborted) return callback(signal.reason);
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
      process.nextTick(request.callback, closed());
    }
  }
  close() { this.isClosed = true; this._serve(); }
  size() { return this.ring.used; }
}
module.exports = { BoundedQueue };
