// fails: no-less, no-more?
// The moment of the last question is shared: asking one bucket takes time from another.
let last;

export function TokenBucket(capacity, tokensPerSecond) {
  if (!(capacity > 0)) throw new RangeError('capacity must be above 0');
  if (!(tokensPerSecond > 0)) throw new RangeError('tokensPerSecond must be above 0');
  let tokens = capacity;
  last = performance.now();

  this.tryTake = (cost = 1) => {
    const now = performance.now();
    tokens = Math.min(capacity, tokens + ((now - last) / 1000) * tokensPerSecond);
    last = now;
    if (tokens < cost) return false;
    tokens -= cost;
    return true;
  };
}
