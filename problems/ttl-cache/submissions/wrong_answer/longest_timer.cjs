// fails: expires
// A timer for each entry: one that is longer than timers can be goes off at once.
'use strict';

function TtlCache(ttl, { jitter = 0, onExpire = () => {} } = {}) {
  const entries = new Map();
  const refuse = (time) => {
    if (!(time > 0)) throw new RangeError('ttl');
  };
  refuse(ttl);

  function remove(key) {
    clearTimeout(entries.get(key)?.timer);
    return entries.delete(key);
  }

  function set(key, value, own) {
    const time = own === undefined ? ttl : own;
    refuse(time);
    remove(key);
    const timer = setTimeout(() => {
      entries.delete(key);
      onExpire(key, value);
    }, time + Math.random() * jitter * time);
    timer.unref();
    entries.set(key, { value, timer });
  }

  return {
    set,
    setAll: (list) => list.forEach(([key, value]) => set(key, value)),
    get: (key) => entries.get(key)?.value,
    has: (key) => entries.has(key),
    delete: remove,
    size: () => entries.size,
  };
}

exports.TtlCache = TtlCache;
