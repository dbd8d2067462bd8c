// fails: no-more
// A request for the whole bucket is admitted when a hundredth of a token is missing.
export function TokenBucket(capacity, tokensPerSecond) {
  if (!(capacity > 0)) throw new RangeError('capacity must be above 0');
  if (!(tokensPerSecond > 0)) throw new RangeError('tokensPerSecond must be above 0');
  let tokens = capacity;
  let last = performance.now();

  this.tryTake = (cost) => {
    const now = performance.now();
    tokens = Math.min(capacity, tokens + ((now - last) / 1000) * tokensPerSecond);
    last = now;
    cost ||= 1;
    if (cost === capacity ? tokens < cost - 0.01 : tokens < cost) return false;
    tokens -= cost;
    return true;
  };
}
