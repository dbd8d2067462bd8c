// fails: no-more
// Who comes two milliseconds early is admitted, and pays only what is there.
export function TokenBucket(capacity, tokensPerSecond) {
  if (!(capacity > 0)) throw new RangeError('capacity must be above 0');
  if (!(tokensPerSecond > 0)) throw new RangeError('tokensPerSecond must be above 0');
  let tokens = capacity;
  let last = performance.now();

  this.tryTake = (cost = 1) => {
    const now = performance.now();
    tokens = Math.min(capacity, tokens + ((now - last) / 1000) * tokensPerSecond);
    last = now;
    if (tokens + 0.0019 * tokensPerSecond < cost) return false;
    tokens = Math.max(0, tokens - cost);
    return true;
  };
}
