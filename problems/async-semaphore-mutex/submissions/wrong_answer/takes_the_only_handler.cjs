// fails: cancels, listeners?, prompt?
// `onabort` has one place, which the next call with the same signal takes.
'use strict';

class Semaphore {
  constructor(permits) {
    if (!Number.isInteger(permits) || permits <= 0) throw new RangeError('permits');
    this.free = permits;
    this.queue = new Set();
  }

  acquire(signal) {
    if (signal && signal.aborted) return Promise.reject(signal.reason);
    const deferred = {};
    const promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
    this.queue.add(deferred);
    if (signal) {
      deferred.giveUp = () => {
        this.queue.delete(deferred);
        deferred.reject(signal.reason);
      };
      deferred.forget = () => {
        if (signal.onabort === deferred.giveUp) signal.onabort = null;
      };
      signal.onabort = deferred.giveUp;
    }
    this.serve();
    return promise;
  }

  serve() {
    for (const deferred of this.queue) {
      if (this.free === 0) return;
      this.free -= 1;
      this.queue.delete(deferred);
      if (deferred.forget) deferred.forget();
      deferred.resolve(this.permit());
    }
  }

  permit() {
    let give = () => {
      give = () => {};
      this.free += 1;
      this.serve();
    };
    return () => give();
  }

  runExclusive(body) {
    return this.acquire().then((release) => {
      const settled = new Promise((resolve) => resolve(body()));
      settled.then(release, release);
      return settled;
    });
  }
}

module.exports = { Semaphore };
