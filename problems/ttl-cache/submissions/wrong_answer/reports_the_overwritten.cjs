// fails: reports-only-expired
// The timer of an entry that was overwritten goes on, and reports it.
'use strict';

function TtlCache(ttl, { jitter = 0, onExpire = () => {} } = {}) {
  const entries = new Map();
  const refuse = (time) => {
    if (!(time > 0)) throw new RangeError('ttl');
  };
  refuse(ttl);

  function remove(key, kept = false) {
    if (!kept) clearTimeout(entries.get(key)?.timer);
    return entries.delete(key);
  }

  function set(key, value, own) {
    const time = own === undefined ? ttl : own;
    refuse(time);
    remove(key, true);
    const timer = setTimeout(() => {
      if (entries.get(key)?.timer === timer) entries.delete(key);
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
    delete: (key) => remove(key),
    size: () => entries.size,
  };
}

exports.TtlCache = TtlCache;
