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
const MOST_TICKS = 1000;  // of timers of earlier cases, before a WAIT is answered
const { trunc } = Math;  // Node waits whole milliseconds
const DUST = 1e-6;       // milliseconds, from subtracting

let now = 0, created = 0;
let ahead = 0;  // how far other clocks have come already
// Cases so far, and in which the code that runs now has its origin: what an older timer's callback
// starts is as old as that timer, so that a poll that goes on for ever stays in its case.
let cases = 0, origin = 0;
let ticks = 0;  // timers of earlier cases that fired, since somebody asked
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
        __proto__: null, delay: trunc(delay), due: 0, order: 0, timer: null, origin,
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
  if (!hasTimers().own) throw new Error('the shim does not know the timers of this Node.js');
  clearTimeout(proof);
}

const isArmed = (entry) => entry.timer._onTimeout === entry.callback;

// Whether timers are armed that this case started, and others. Those that were cleared have lost
// their callback.
function hasTimers() {
  const found = { __proto__: null, own: false, older: false };
  mapForEach(pending, (entry, order) => {
    if (!isArmed(entry)) mapDelete(pending, order);
    else if (entry.origin === cases) found.own = true;
    else found.older = true;
  });
  return found;
}

function earliest(ofThisCase) {
  let first;
  mapForEach(pending, (entry) => {
    if (!isArmed(entry) || (ofThisCase && entry.origin !== cases)) return;
    if (first === undefined || entry.due < first.due) first = entry;
  });
  return first;
}

const timeLeft = ({ due }) => (due > now ? due - now : 0);

// In how many milliseconds the next timer is due: of this case if it has any, and of all; there is
// one.
function nextDue() {
  const first = earliest(false);
  return { __proto__: null, due: timeLeft(earliest(true) ?? first), next: timeLeft(first) };
}

// The judge has let so many milliseconds pass, for which nobody has to sleep.
function hasPassed(ms) {
  ahead += ms;
}

// The judge begins something: what starts timers now belongs to the present case.
function beginRequest(isNewCase) {
  if (isNewCase) ++cases;
  origin = cases;
}

// Lets time pass until the next timer is due, at most `ms`. Without a timer: all of it when `idle`,
// else nothing. Answers how many milliseconds passed.
function passTime(ms, idle) {
  const next = earliest(false);
  if (next === undefined && !idle) return 0;
  const step = next !== undefined && next.due - now < ms ? next.due - now : ms;
  ahead -= step;
  if (ahead < -DUST) sleep(cell, 0, 0, -ahead);
  if (ahead < 0) ahead = 0;
  now += step;
  return step;
}

// Fires one timer whose time has come; false when there is none. What it throws goes to the caller.
function fireOne() {
  const entry = earliest(false);
  if (entry === undefined || entry.due > now) return false;
  const { timer, scope, callback } = entry;
  ({ origin } = entry);
  if (origin !== cases) ++ticks;
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

function takeTicks() {
  const taken = ticks;
  ticks = 0;
  return taken;
}

install();

const tickedMuch = () => ticks >= MOST_TICKS;

module.exports = {
  beginRequest, fireOne, hasPassed, hasTimers, nextDue, passTime, takeTicks, tickedMuch,
};
