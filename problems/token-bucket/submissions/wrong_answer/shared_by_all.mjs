// fails: no-less, full, keeps-fractions, costs
// All buckets share what one of them holds.
let held = 0;
let last = 0;

export class TokenBucket {
  constructor(capacity, tokensPerSecond) {
    if (!(capacity > 0) || !(tokensPerSecond > 0)) throw new RangeError('both must be above 0');
    if (last === 0) held = capacity;
    this.capacity = capacity;
    this.rate = tokensPerSecond / 1000;
    last = Date.now();
  }

  tryTake(cost = 1) {
    const now = Date.now();
    held = Math.min(this.capacity, held + (now - last) * this.rate);
    last = now;
    if (held < cost) return false;
    held -= cost;
    return true;
  }
}
