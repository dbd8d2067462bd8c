// fails: no-more
// Rounds the time that a token takes down to whole milliseconds.
export class TokenBucket {
  constructor(capacity, tokensPerSecond) {
    if (!(capacity > 0)) throw new RangeError('capacity must be above 0');
    if (!(tokensPerSecond > 0)) throw new RangeError('tokensPerSecond must be above 0');
    this.capacity = capacity;
    this.msPerToken = Math.floor(1000 / tokensPerSecond);
    this.tokens = capacity;
    this.last = Date.now();
  }

  tryTake(cost = 1) {
    const now = Date.now();
    this.tokens = Math.min(this.capacity, this.tokens + (now - this.last) / this.msPerToken);
    this.last = now;
    if (this.tokens < cost) return false;
    this.tokens -= cost;
    return true;
  }
}
