// Odd but right: a queue of the moments at which the tokens that are out come back, one after the other.
'use strict';
const { performance } = require('node:perf_hooks');

const inner = new WeakMap();

exports.TokenBucket = class TokenBucket {
  constructor(capacity, tokensPerSecond) {
    if (!(capacity > 0)) throw new RangeError('capacity');
    if (!(tokensPerSecond > 0)) throw new RangeError('tokensPerSecond');
    inner.set(this, { capacity, pause: 1000 / tokensPerSecond, returning: [] });
    Object.freeze(this);
  }

  tryTake(cost) {
    const { capacity, pause, returning } = inner.get(this);
    const now = performance.now();
    while (returning.length > 0 && returning[0] <= now) returning.shift();
    const wanted = cost ?? 1;
    if (returning.length + wanted > capacity) return false;
    for (let i = 0; i < wanted; i++) {
      const last = returning.length > 0 ? returning[returning.length - 1] : now;
      returning.push(last + pause);
    }
    return true;
  }
};
