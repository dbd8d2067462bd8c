// fails: snapshot
// A `once` listener is noted as called, but stays in the list until it has returned.
export class Emitter {
  #maxListeners;
  #onTooMany;
  #told = new Set();
  #events = new Map();

  constructor({ maxListeners = 10, onTooMany } = {}) {
    this.#maxListeners = maxListeners;
    this.#onTooMany = onTooMany;
  }

  // Lists are never changed, only replaced: whoever walks through one has a list of his own.
  #replace(event, entries) {
    if (entries.length === 0) this.#events.delete(event);
    else this.#events.set(event, entries);
    return this;
  }

  #listeners(event) {
    return this.#events.get(event) ?? [];
  }

  #added(event) {
    if (this.count(event) > this.#maxListeners && !this.#told.has(event)) {
      this.#told.add(event);
      this.#onTooMany?.(event);
    }
    return this;
  }

  on(event, listener) {
    this.#replace(event, [...this.#listeners(event), { listener, once: false }]);
    return this.#added(event);
  }

  once(event, listener) {
    this.#replace(event, [...this.#listeners(event), { listener, once: true }]);
    return this.#added(event);
  }

  prepend(event, listener) {
    this.#replace(event, [{ listener, once: false }, ...this.#listeners(event)]);
    return this.#added(event);
  }

  off(event, listener) {
    const entries = this.#listeners(event);
    const last = entries.map((entry) => entry.listener).lastIndexOf(listener);
    return last < 0 ? this : this.#replace(event, entries.filter((_, i) => i !== last));
  }

  removeAll(event) {
    if (event === undefined) this.#events.clear();
    else this.#events.delete(event);
    return this;
  }

  emit(event, ...args) {
    const entries = this.#listeners(event);
    if (entries.length === 0 && event === 'error') throw args[0];
    for (const entry of entries) {
      if (entry.once) {
        if (entry.called) continue;
        entry.called = true;
      }
      try {
        entry.listener(...args);
      } finally {
        if (entry.once) {
          this.#replace(event, this.#listeners(event).filter((each) => each !== entry));
        }
      }
    }
    return entries.length > 0;
  }

  count(event) {
    return this.#listeners(event).length;
  }
}
