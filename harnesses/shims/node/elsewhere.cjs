// What goes on apart from ticks and microtasks: what the event loop knows of, and hints that other
// threads may be at work of which it knows nothing.
'use strict';

const { performance } = require('node:perf_hooks');
const { threadsStarted } = require('./no_debugger.cjs');
const { apply, uncurry } = require('./encode.cjs');

const { moduleLoadList } = process;
const activeResources = process.getActiveResourcesInfo;
const includes = uncurry(String.prototype.includes);
const { defineProperty, getOwnPropertyDescriptor } = Object;
const { nodeTiming } = performance;
const loopMetrics = getOwnPropertyDescriptor(nodeTiming, 'uvMetricsInfo')?.get;

const standingNames = { __proto__: null, PipeWrap: 1, TTYWrap: 1, SignalWrap: 1, SIGNALWRAP: 1 };

function look() {
  const names = activeResources();
  const seen = { __proto__: null, immediates: 0, timers: 0, requests: 0, others: 0 };
  for (let i = 0; i < names.length; ++i) {
    const name = names[i];
    if (name === 'Immediate') ++seen.immediates;
    else if (name === 'Timeout') ++seen.timers;
    else if (includes(name, 'Req')) ++seen.requests;
    else if (standingNames[name] !== 1) ++seen.others;
  }
  return seen;
}

// Work of crypto and zlib in the thread pool shows nowhere; only who loaded them can have any.
let scanned = 0, poolUsed = false;
function mayUsePool() {
  for (; scanned < moduleLoadList.length; ++scanned) {
    const name = moduleLoadList[scanned];
    poolUsed ||= name === 'Internal Binding crypto' || name === 'Internal Binding zlib';
  }
  return poolUsed;
}

// Nor does compiling WebAssembly: an accessor tells that somebody has asked for it, and is gone
// then.
let wasmUsed = false;
const { WebAssembly: wasm } = globalThis;
const plain = (value) => defineProperty(globalThis, 'WebAssembly', {
  __proto__: null, value, writable: true, enumerable: false, configurable: true,
});
defineProperty(globalThis, 'WebAssembly', {
  __proto__: null,
  configurable: true,
  get() {
    wasmUsed = true;
    plain(wasm);
    return wasm;
  },
  set: plain,
});

// Whether other threads may be at work for the program.
const mayWorkElsewhere = (seen) => (
  seen.requests + seen.others > 0 || mayUsePool() || wasmUsed || threadsStarted()
);

// Whether the loop may have something to take up that the main thread left there itself.
const mayHaveMessages = (seen) => seen.others > 0 || wasmUsed;

// How many events the loop has taken up so far; undefined where Node.js does not tell.
const loopEvents = () => (
  loopMetrics === undefined ? undefined : apply(loopMetrics, nodeTiming, []).events
);

module.exports = { look, loopEvents, mayHaveMessages, mayUsePool, mayWorkElsewhere };
