// fails: reports-only-expired, reports?
// The timer of an entry that was overwritten goes on, and reports it.
'use strict';

const DAY = 86_400_000; // timers know less than 25 of them

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

  function wait(entry, time, end) {
    const next = () => (time > DAY ? wait(entry, time - DAY, end) : end());
    entry.timer = setTimeout(next, Math.min(time, DAY));
    entry.timer.unref();
  }

  function set(key, value, own) {
    const time = own === undefined ? ttl : own;
    refuse(time);
    remove(key, true);
    const entry = { value, timer: undefined };
    entries.set(key, entry);
    wait(entry, time + Math.random() * jitter * time, () => {
      if (entries.get(key) === entry) entries.delete(key);
      onExpire(key, value);
    });
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
