// A ring of slots, and sets as lines: a Set keeps its order, and leaving it is cheap.
'use strict';

class QueueClosedError extends Error {
  get name() {
    return 'QueueClosedError';
  }
}

function first(set) {
  const [one] = set;
  set.delete(one);
  return one;
}

class BoundedQueue {
  constructor(capacity) {
    if (typeof capacity !== 'number' || capacity % 1 !== 0 || capacity < 1) {
      throw new RangeError('bad capacity');
    }
    this.slots = new Array(capacity);
    this.begin = 0;
    this.length = 0;
    this.putters = new Set();
    this.takers = new Set();
    this.open = true;
  }

  push(value) {
    this.slots[(this.begin + this.length++) % this.slots.length] = value;
  }

  put(value, signal) {
    return new Promise((resolve, reject) => {
      if (signal !== undefined && signal.aborted) return reject(signal.reason);
      if (!this.open) return reject(new QueueClosedError('put after close'));
      if (this.takers.size > 0) {
        first(this.takers).done(value);
        return resolve();
      }
      if (this.length < this.slots.length) {
        this.push(value);
        return resolve();
      }
      this.stand(this.putters, signal, reject, () => {
        this.push(value);
        resolve();
      });
    });
  }

  take(signal) {
    return new Promise((resolve, reject) => {
      if (signal !== undefined && signal.aborted) return reject(signal.reason);
      if (this.length === 0) {
        if (!this.open) return reject(new QueueClosedError('nothing left'));
        return this.stand(this.takers, signal, reject, resolve);
      }
      resolve(this.slots[this.begin]);
      this.slots[this.begin] = undefined;
      this.begin = (this.begin + 1) % this.slots.length;
      this.length--;
      if (this.putters.size > 0) first(this.putters).done();
    });
  }

  stand(line, signal, reject, serve) {
    const waiter = {
      done(value) {
        if (signal) signal.removeEventListener('abort', abort);
        serve(value);
      },
      fail(error) {
        if (signal) signal.removeEventListener('abort', abort);
        reject(error);
      },
    };
    function abort() {
      line.delete(waiter);
      waiter.fail(signal.reason);
    }
    line.add(waiter);
    if (signal) signal.addEventListener('abort', abort);
  }

  close() {
    this.open = false;
    while (this.takers.size > 0) first(this.takers).fail(new QueueClosedError('taking'));
    while (this.putters.size > 0) first(this.putters).fail(new QueueClosedError('putting'));
  }

  size() {
    return this.length;
  }
}

module.exports = { BoundedQueue };
