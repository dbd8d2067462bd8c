// A binary heap of stamps with lazy deletion.
class Heap {
  constructor() { this.a = []; }
  push(x) {
    const a = this.a;
    let i = a.push(x) - 1;
    while (i > 0) {
      const p = (i - 1) >> 1;
      if (a[p].at <= a[i].at) break;
      [a[p], a[i]] = [a[i], a[p]];
      i = p;
    }
  }
  pop() {
    const a = this.a;
    const top = a[0];
    const last = a.pop();
    if (a.length) {
      a[0] = last;
      for (let i = 0;;) {
        let m = i;
        for (const c of [2 * i + 1, 2 * i + 2]) if (c < a.length && a[c].at < a[m].at) m = c;
        if (m === i) break;
        [a[m], a[i]] = [a[i], a[m]];
        i = m;
      }
    }
    return top;
  }
}
function LruCache(capacity, { onEvict = null } = {}) {
  if (!(Number.isInteger(capacity) && capacity >= 1)) throw new RangeError('capacity');
  const at = new Map();
  const values = new Map();
  const heap = new Heap();
  let n = 0;
  const touch = (key) => { at.set(key, ++n); heap.push({ key, at: n }); };
  return {
    get: (key) => { if (!values.has(key)) return undefined; touch(key); return values.get(key); },
    set: (key, value) => {
      if (!values.has(key) && values.size === capacity) {
        let oldest;
        do oldest = heap.pop(); while (at.get(oldest.key) !== oldest.at);
        const value = values.get(oldest.key);
        values.delete(oldest.key);
        at.delete(oldest.key);
        if (onEvict) onEvict(oldest.key, value);
      }
      values.set(key, value);
      touch(key);
    },
    has: (key) => values.has(key),
    delete: (key) => { at.delete(key); return values.delete(key); },
    size: () => values.size,
  };
}
module.exports = { LruCache };
