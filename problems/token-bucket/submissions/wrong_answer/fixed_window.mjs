// fails: no-more, no-less, keeps-fractions, costs
// A new window every so often instead of tokens that come back evenly.
export class TokenBucket {
  constructor(capacity, tokensPerSecond) {
    if (!(capacity > 0) || !(tokensPerSecond > 0)) throw new RangeError('both must be above 0');
    this.capacity = capacity;
    this.window = (capacity / tokensPerSecond) * 1000;
    this.begin = Date.now();
    this.used = 0;
  }

  tryTake(cost = 1) {
    if (Date.now() - this.begin >= this.window) {
      this.begin = Date.now();
      this.used = 0;
    }
    if (this.used + cost > this.capacity) return false;
    this.used += cost;
    return true;
  }
}
