// The timers of the submission, on a clock that moves only when the judge says so (WAIT). Why not
// Node's own: they run whenever the event loop turns after their time has come, so what is seen
// would depend on how busy the host is. Here equal requests give equal answers.
// How: every timer of Node's (setTimeout, setInterval, timers/promises, AbortSignal.timeout) is an
// object of one class, whose constructor assigns `_idleTimeout` and `_onTimeout`. Accessors on its
// prototype note both, and give the timer a delay of 24 days, so that Node keeps and clears it as
// ever but never fires it.
'use strict';

const { AsyncResource } = require('node:async_hooks');
const timers = require('node:timers');
const { apply, mapDelete, mapForEach, mapGet, uncurry } = require('./encode.cjs');
const { mapSet } = require('./decode.cjs');

const NativeMap = Map, NativeWeakMap = WeakMap, NativeAsyncResource = AsyncResource;
const { clearTimeout } = timers;
const runInAsyncScope = uncurry(AsyncResource.prototype.runInAsyncScope);
const { defineProperty } = Object;
const weakGet = uncurry(WeakMap.prototype.get), weakSet = uncurry(WeakMap.prototype.set);
const sleep = Atomics.wait;
const cell = new Int32Array(new SharedArrayBuffer(4));
const NEVER = 2 ** 31 - 1;
const { trunc } = Math;  // Node waits whole milliseconds

let now = 0, created = 0;
const entries = new NativeWeakMap();  // timer -> what is known of it
const pending = new NativeMap();      // the order of creation -> entry
const own = (timer, key, value) => defineProperty(timer, key, {
  __proto__: null, value, writable: true, enumerable: true, configurable: true,
});

function arm(entry, timer) {
  mapDelete(pending, entry.order);
  entry.timer = timer;
  entry.order = ++created;
  entry.due = now + entry.delay;
  mapSet(pending, entry.order, entry);
}

function install() {
  const sample = timers.setTimeout(() => {}, 1);
  clearTimeout(sample);
  const prototype = Object.getPrototypeOf(sample);
  const refresh = uncurry(prototype.refresh);
  defineProperty(prototype, '_idleTimeout', {
    configurable: true,
    set(delay) {
      own(this, '_idleTimeout', NEVER);
      weakSet(entries, this, {
        __proto__: null, delay: trunc(delay), due: 0, order: 0, timer: null,
        callback: null, args: undefined, scope: null,
      });
    },
  });
  defineProperty(prototype, '_onTimeout', {
    configurable: true,
    set(callback) {
      if (callback === null) return;  // the constructor assigns null first
      own(this, '_onTimeout', callback);
      const entry = weakGet(entries, this);
      entry.callback = callback;
      entry.scope = new NativeAsyncResource('Timeout');
      arm(entry, this);
    },
  });
  prototype.refresh = function refreshTimer() {
    const entry = weakGet(entries, this);
    if (entry === undefined) return refresh(this);
    if (entry.timer === null) this._onTimeout = entry.callback;  // it has fired, and starts again
    if (this._onTimeout === entry.callback) arm(entry, this);
    return this;
  };
  const proof = timers.setTimeout(() => {}, 1);
  if (countTimers() !== 1) throw new Error('the shim does not know the timers of this Node.js');
  clearTimeout(proof);
}

// Timers that are armed. Those that were cleared have lost their callback.
function countTimers() {
  let count = 0;
  mapForEach(pending, (entry, order) => {
    if (entry.timer._onTimeout === entry.callback) ++count;
    else mapDelete(pending, order);
  });
  return count;
}

function earliest() {
  let first;
  mapForEach(pending, (entry) => {
    if (entry.timer._onTimeout !== entry.callback) return;
    if (first === undefined || entry.due < first.due) first = entry;
  });
  return first;
}

// In how many milliseconds the next timer is due; there is one.
function nextDue() {
  const { due } = earliest();
  return due > now ? due - now : 0;
}

// Lets time pass until the next timer is due, at most `ms`. Without a timer: all of it when `idle`,
// else nothing, and then it answers false.
function passTime(ms, idle) {
  const next = earliest();
  if (next === undefined && !idle) return false;
  const step = next !== undefined && next.due - now < ms ? next.due - now : ms;
  sleep(cell, 0, 0, step);
  now += step;
  return true;
}

// Fires one timer whose time has come; false when there is none. What it throws goes to the caller.
function fireOne() {
  const entry = earliest();
  if (entry === undefined || entry.due > now) return false;
  const { timer, scope, callback } = entry;
  entry.args ??= timer._timerArgs ?? [];  // clearTimeout may forget them
  if (timer._repeat) {
    entry.delay = trunc(timer._repeat);
    arm(entry, timer);
  } else {
    mapDelete(pending, entry.order);
    entry.timer = null;
    clearTimeout(timer);
  }
  runInAsyncScope(scope, () => apply(callback, timer, entry.args));
  return true;
}

install();

module.exports = { countTimers, nextDue, passTime, fireOne };
