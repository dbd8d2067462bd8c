// A push only writes down when it came: the timer of the key, when it fires, looks whether the time has come, and
// goes back to sleep if not. Fractions of a millisecond, as performance.now() gives them.
'use strict';

exports.Coalescer = function Coalescer(emit, { quietMs, maxWaitMs }) {
  if (!(quietMs > 0) || !(maxWaitMs >= quietMs)) throw new RangeError('quietMs and maxWaitMs');
  const bursts = Object.create(null);
  const named = (key) => `key ${key}`;

  const sleep = (key, burst) => {
    const due = Math.min(burst.last + quietMs, burst.first + maxWaitMs);
    const left = due - performance.now();
    if (left <= 0) this.flush(key);
    else burst.timer = setTimeout(sleep, left, key, burst);
  };

  this.push = (key, value) => {
    const now = performance.now();
    const burst = bursts[named(key)];
    if (burst) return void Object.assign(burst, { value, last: now });
    bursts[named(key)] = { value, first: now, last: now };
    sleep(key, bursts[named(key)]);
  };
  this.cancel = (key) => {
    const burst = bursts[named(key)];
    if (burst) clearTimeout(burst.timer);
    return burst !== undefined && delete bursts[named(key)];
  };
  this.flush = (key) => {
    const burst = bursts[named(key)];
    if (this.cancel(key)) emit(key, burst.value);
    return burst !== undefined;
  };
};
