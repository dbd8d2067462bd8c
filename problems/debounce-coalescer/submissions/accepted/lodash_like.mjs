// As debounce does it: the times of the last call and of the last emission, one timer that is set for what remains.
function debounce(func, wait, maxWait, onIdle) {
  let lastArgs, lastCallTime, firstCallTime, timerId;
  const remaining = (time) => Math.min(wait - (time - lastCallTime), maxWait - (time - firstCallTime));
  const expired = () => {
    const left = remaining(Date.now());
    if (left > 0) { timerId = setTimeout(expired, left); return; }
    invoke();
  };
  const stop = () => {
    clearTimeout(timerId);
    timerId = lastCallTime = firstCallTime = undefined;
    const args = lastArgs;
    lastArgs = undefined;
    onIdle();
    return args;
  };
  const invoke = () => { func(...stop()); };
  const call = (...args) => {
    lastArgs = args;
    lastCallTime = Date.now();
    firstCallTime ??= lastCallTime;
    timerId ??= setTimeout(expired, Math.min(wait, maxWait));
  };
  return Object.assign(call, { flush: invoke, cancel: stop });
}
export class Coalescer {
  #table = new Map();
  constructor(emit, options = {}) {
    const { quietMs = NaN, maxWaitMs = NaN } = options;
    if (!(quietMs > 0) || !(maxWaitMs >= quietMs)) throw new RangeError();
    this.make = (key) => debounce((value) => emit(key, value), quietMs, maxWaitMs, () => this.#table.delete(key));
  }
  push(key, value) {
    if (!this.#table.has(key)) this.#table.set(key, this.make(key));
    this.#table.get(key)(value);
  }
  flush(key) { const d = this.#table.get(key); d?.flush(); return !!d; }
  cancel(key) { const d = this.#table.get(key); d?.cancel(); return !!d; }
}
