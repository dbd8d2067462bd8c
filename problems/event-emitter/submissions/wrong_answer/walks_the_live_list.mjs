// fails: removes, once, snapshot, failing, errors, warns
// Walks through the list that listeners change: who leaves makes the next one be skipped.
export class Emitter {
  constructor({ maxListeners = 10, onTooMany } = {}) {
    Object.assign(this, { maxListeners, onTooMany, told: new Set(), events: new Map() });
  }

  add(event, listener, how) {
    if (!this.events.has(event)) this.events.set(event, []);
    const list = this.events.get(event);
    list[how]({ listener, once: false });
    if (list.length > this.maxListeners && !this.told.has(event)) {
      this.told.add(event);
      this.onTooMany?.(event);
    }
    return this;
  }

  on(event, listener) {
    return this.add(event, listener, 'push');
  }

  prepend(event, listener) {
    return this.add(event, listener, 'unshift');
  }

  once(event, listener) {
    this.add(event, listener, 'push');
    this.events.get(event).at(-1).once = true;
    return this;
  }

  off(event, listener) {
    const list = this.events.get(event) ?? [];
    const last = list.findLastIndex((entry) => entry.listener === listener);
    if (last >= 0) list.splice(last, 1);
    return this;
  }

  removeAll(event) {
    if (event === undefined) this.events.clear();
    else this.events.delete(event);
    return this;
  }

  emit(event, ...args) {
    const list = this.events.get(event) ?? [];
    if (list.length === 0 && event === 'error') throw args[0];
    const any = list.length > 0;
    for (const entry of list) {
      if (entry.once) {
        if (entry.called) continue;
        entry.called = true;
        const at = list.indexOf(entry);
        if (at >= 0) list.splice(at, 1);
      }
      entry.listener(...args);
    }
    return any;
  }

  count(event) {
    return (this.events.get(event) ?? []).length;
  }
}
