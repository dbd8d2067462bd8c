// A Map of arrays; an emit copies with a generator that is run dry first.
export class Emitter extends Map {
  constructor(options) {
    super();
    Object.defineProperties(this, {
      options: { value: { maxListeners: 10, ...options } },
      told: { value: new Set() },
    });
  }
  *each(event) {
    if (this.has(event)) yield* this.get(event);
  }
  insert(event, entry, at) {
    const list = [...this.each(event)];
    list.splice(at, 0, entry);
    this.set(event, list);
    if (list.length > this.options.maxListeners && !this.told.has(event)) {
      this.told.add(event);
      this.options.onTooMany?.(event);
    }
    return this;
  }
  on(event, listener) { return this.insert(event, { listener }, this.count(event)); }
  once(event, listener) { return this.insert(event, { listener, left: 1 }, this.count(event)); }
  prepend(event, listener) { return this.insert(event, { listener }, 0); }
  off(event, listener) {
    const list = [...this.each(event)].reverse();
    const found = list.find((entry) => entry.listener === listener);
    return found ? this.drop(event, found) : this;
  }
  drop(event, entry) {
    const list = [...this.each(event)].filter((other) => other !== entry);
    if (list.length) this.set(event, list);
    else this.delete(event);
    return this;
  }
  removeAll(event) {
    if (event === undefined) this.clear();
    else this.delete(event);
    return this;
  }
  emit(event, ...args) {
    const entries = Array.from(this.each(event));
    if (entries.length === 0) {
      if (event === 'error') throw args[0];
      return false;
    }
    for (const entry of entries) {
      if ('left' in entry) {
        if (entry.left === 0) continue;
        entry.left = 0;
        this.drop(event, entry);
      }
      Reflect.apply(entry.listener, undefined, args);
    }
    return true;
  }
  count(event) { return this.get(event)?.length ?? 0; }
}
