// A subclass of Map whose values are lists of [resolve, reject]; loads begin a tick after the call.
'use strict';

class Waiting extends Map {
  leave(key, entry, settler) {
    entry.list = entry.list.filter((each) => each !== settler);
    if (entry.list.length > 0 || entry.done) return;
    this.drop(key, entry);
    entry.controller.abort();
  }

  drop(key, entry) {
    entry.done = true;
    if (this.get(key) === entry) this.delete(key);
  }
}

module.exports.SingleFlight = class {
  constructor(load) {
    this.load = load;
    this.waiting = new Waiting();
  }

  get(key, signal) {
    return new Promise((resolve, reject) => {
      if (signal && signal.aborted) return reject(signal.reason);
      let entry = this.waiting.get(key);
      if (entry === undefined) {
        entry = { list: [], done: false, controller: new AbortController() };
        this.waiting.set(key, entry);
        process.nextTick(() => this.begin(key, entry));
      }
      const onAbort = () => {
        this.waiting.leave(key, entry, settler);
        reject(signal.reason);
      };
      const done = (settle) => (value) => {
        if (signal) signal.removeEventListener('abort', onAbort);
        settle(value);
      };
      const settler = [done(resolve), done(reject)];
      entry.list.push(settler);
      if (signal) signal.addEventListener('abort', onAbort, { once: true });
      return undefined;
    });
  }

  begin(key, entry) {
    if (entry.done) return;
    const land = (which) => (value) => {
      if (entry.done) return;
      this.waiting.drop(key, entry);
      entry.list.forEach((settler) => settler[which](value));
    };
    let promise;
    try {
      promise = Promise.resolve(this.load(key, entry.controller.signal));
    } catch (error) {
      promise = Promise.reject(error);
    }
    promise.then(land(0), land(1));
  }

  size() {
    return this.waiting.size;
  }
};
