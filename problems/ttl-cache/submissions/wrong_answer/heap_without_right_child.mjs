// fails: reports
// Sifting down compares with the left child only, so the top is not always the first to go.
class Heap {
  a = [];
  push(x) {
    const a = this.a;
    let i = a.push(x) - 1;
    while (i > 0) {
      const p = i - 1 >> 1;
      if (a[p].end <= a[i].end) break;
      [a[p], a[i]] = [a[i], a[p]];
      i = p;
    }
  }
  pop() {
    const a = this.a, top = a[0], last = a.pop();
    if (a.length === 0) return top;
    a[0] = last;
    for (let i = 0; ; ) {
      const c = 2 * i + 1;
      if (c >= a.length || a[c].end >= a[i].end) return top;
      [a[c], a[i]] = [a[i], a[c]];
      i = c;
    }
  }
}
export class TtlCache {
  constructor(ttl, { jitter = 0, onExpire } = {}) {
    if (!(ttl > 0)) throw new RangeError("ttl");
    this.ttl = ttl;
    this.jitter = jitter;
    this.cb = onExpire;
    this.m = /* @__PURE__ */ new Map();
    this.h = new Heap();
    this.t = void 0;
    this.tAt = Infinity;
  }
  plan() {
    const top = this.h.a[0];
    if (!top) return;
    if (this.tAt <= top.end) return;
    clearTimeout(this.t);
    this.tAt = top.end;
    this.t = setTimeout(() => {
      this.tAt = Infinity;
      this.run();
    }, Math.min(2 ** 31 - 1, Math.max(1, top.end - Date.now())));
  }
  run() {
    const now = Date.now();
    while (this.h.a.length && this.h.a[0].end <= now) {
      const e = this.h.pop();
      if (this.m.get(e.key) === e) {
        this.m.delete(e.key);
        this.cb?.(e.key, e.value);
      }
    }
    this.plan();
  }
  set(key, value, ttl = this.ttl) {
    if (!(ttl > 0)) throw new RangeError("ttl");
    const e = { key, value, end: Date.now() + ttl * (1 + this.jitter * Math.random()) };
    this.m.set(key, e);
    this.h.push(e);
    this.plan();
  }
  setAll(l) {
    for (const e of l) this.set(e[0], e[1]);
  }
  see(k) {
    const e = this.m.get(k);
    return e !== void 0 && e.end > Date.now() ? e : void 0;
  }
  get(k) {
    return this.see(k)?.value;
  }
  has(k) {
    return this.see(k) !== void 0;
  }
  delete(k) {
    return this.see(k) !== void 0 && this.m.delete(k);
  }
  size() {
    let n = 0;
    const now = Date.now();
    this.m.forEach((e) => {
      if (e.end > now) n++;
    });
    return n;
  }
}
