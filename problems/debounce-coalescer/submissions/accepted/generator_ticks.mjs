// A generator a burst: it yields how long to wait, and is told of pushes; plain objects with symbols.
const FIRE = Symbol('fire');
function* burst(quietMs, maxWaitMs) {
  const begun = Date.now();
  let last = begun;
  for (;;) {
    const what = yield Math.min(last + quietMs, begun + maxWaitMs) - Date.now();
    if (what === FIRE) { if (Date.now() >= Math.min(last + quietMs, begun + maxWaitMs) - 1) return; } else last = Date.now();
  }
}
export class Coalescer {
  constructor(emit, options) {
    Object.assign(this, { emit, options, bursts: new Map() });
    if (!(options.quietMs > 0) || !(options.maxWaitMs >= options.quietMs)) throw new RangeError('options');
  }
  step(key, { value: ms, done }) {
    const b = this.bursts.get(key);
    clearTimeout(b.timer);
    if (done) return this.flush(key);
    b.timer = setTimeout(() => this.step(key, b.run.next(FIRE)), Math.max(ms, 0));
    return true;
  }
  push(key, value) {
    const fresh = !this.bursts.has(key);
    if (fresh) this.bursts.set(key, { run: burst(this.options.quietMs, this.options.maxWaitMs) });
    const b = this.bursts.get(key);
    b.value = value;
    this.step(key, b.run.next('push'));
  }
  flush(key) {
    const b = this.bursts.get(key);
    if (!this.cancel(key)) return false;
    (0, this.emit)(key, b.value);
    return true;
  }
  cancel(key) {
    clearTimeout(this.bursts.get(key)?.timer);
    return this.bursts.delete(key);
  }
}
