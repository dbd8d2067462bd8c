// One array an event. Nothing is taken out while an `emit` walks it: entries carry the numbers of the changes that
// brought and took them, and an `emit` sees those that were there at its own number.
export class Emitter {
  #limit;
  #tell;
  #change = 0;
  #walking = 0;
  #events = new Map();

  constructor(options = {}) {
    this.#limit = options.maxListeners ?? 10;
    this.#tell = options.onTooMany;
  }

  #event(name) {
    let event = this.#events.get(name);
    if (event === undefined) {
      event = { entries: [], alive: 0, told: false };
      this.#events.set(name, event);
    }
    return event;
  }

  #add(name, listener, once, front) {
    const event = this.#event(name);
    const entry = { listener, once, from: ++this.#change, to: Infinity, used: false };
    if (front) event.entries = [entry, ...event.entries];
    else event.entries = [...event.entries, entry];
    event.alive += 1;
    if (event.alive > this.#limit && !event.told) {
      event.told = true;
      if (this.#tell) this.#tell(name);
    }
    return this;
  }

  #bury(event, entry) {
    if (entry.to !== Infinity) return;
    entry.to = ++this.#change;
    event.alive -= 1;
    if (this.#walking === 0) event.entries = event.entries.filter((each) => each.to === Infinity);
  }

  on(name, listener) { return this.#add(name, listener, false, false); }
  once(name, listener) { return this.#add(name, listener, true, false); }
  prepend(name, listener) { return this.#add(name, listener, false, true); }

  off(name, listener) {
    const event = this.#event(name);
    for (let i = event.entries.length - 1; i >= 0; --i) {
      const entry = event.entries[i];
      if (entry.listener === listener && entry.to === Infinity) {
        this.#bury(event, entry);
        break;
      }
    }
    return this;
  }

  removeAll(...names) {
    const which = names.length === 0 || names[0] === undefined ? [...this.#events.values()] : [this.#event(names[0])];
    for (const event of which) for (const entry of [...event.entries]) this.#bury(event, entry);
    return this;
  }

  emit(name, ...values) {
    const event = this.#event(name);
    if (event.alive === 0) {
      if (name === 'error') throw values[0];
      return false;
    }
    const now = this.#change;
    this.#walking += 1;
    try {
      for (const entry of event.entries) {
        if (entry.from > now || entry.to <= now) continue;
        if (entry.once) {
          if (entry.used) continue;
          entry.used = true;
          this.#bury(event, entry);
        }
        entry.listener(...values);
      }
    } finally {
      this.#walking -= 1;
    }
    return true;
  }

  count(name) { return this.#event(name).alive; }
}
