// The monotonic clock in nanoseconds, tokens in billionths of a millionth: big integers all the way.
'use strict';

const TOKEN = 10n ** 15n;

class TokenBucket {
  constructor(capacity, tokensPerSecond) {
    if (!(capacity > 0)) throw new RangeError('capacity');
    if (!(tokensPerSecond > 0)) throw new RangeError('tokensPerSecond');
    this.perNanosecond = BigInt(Math.round(tokensPerSecond * 1e6));
    this.full = BigInt(capacity) * TOKEN;
    this.held = this.full;
    this.last = process.hrtime.bigint();
  }

  tryTake(cost = 1) {
    const now = process.hrtime.bigint();
    this.held += (now - this.last) * this.perNanosecond;
    this.last = now;
    if (this.held > this.full) this.held = this.full;
    const price = BigInt(cost) * TOKEN;
    if (price > this.held) return false;
    this.held -= price;
    return true;
  }
}

module.exports = { TokenBucket };
