// The constructor answers a frozen object of closures; wrappers for `once`.
export function Emitter({ maxListeners = 10, onTooMany = () => {} } = {}) {
  const lists = new Map();
  const told = new Set();
  const of = (event) => lists.get(event) ?? [];
  const put = (event, list) => {
    lists.set(event, Object.freeze(list));
    if (list.length > maxListeners && !told.has(event)) {
      told.add(event);
      onTooMany(event);
    }
    return self;
  };
  const wrap = (event, listener) => {
    let fired = false;
    const wrapper = (...args) => {
      if (fired) return;
      fired = true;
      put(event, of(event).filter((each) => each !== wrapper));
      listener(...args);
    };
    wrapper.original = listener;
    return wrapper;
  };
  const plain = (listener) => {
    const wrapper = (...args) => listener(...args);
    wrapper.original = listener;
    return wrapper;
  };
  const self = Object.freeze({
    on: (event, listener) => put(event, [...of(event), plain(listener)]),
    once: (event, listener) => put(event, [...of(event), wrap(event, listener)]),
    prepend: (event, listener) => put(event, [plain(listener), ...of(event)]),
    off(event, listener) {
      const at = of(event).findLastIndex((each) => each.original === listener);
      return at === -1 ? self : put(event, of(event).toSpliced?.(at, 1) ?? of(event).filter((_, i) => i !== at));
    },
    removeAll(event) {
      if (event === undefined) lists.clear();
      else lists.delete(event);
      return self;
    },
    emit(event, ...args) {
      const now = of(event);
      if (!now.length && event === 'error') throw args[0];
      now.forEach((each) => each(...args));
      return now.length > 0;
    },
    count: (event) => of(event).length,
  });
  return self;
}
