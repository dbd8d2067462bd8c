// fails: no-less
// Counts microseconds in 32 bits, which half an hour is too long for.
export function TokenBucket(capacity, tokensPerSecond) {
  if (!(capacity > 0)) throw new RangeError('capacity must be above 0');
  if (!(tokensPerSecond > 0)) throw new RangeError('tokensPerSecond must be above 0');
  let tokens = capacity;
  let last = performance.now();

  this.tryTake = (cost = 1) => {
    const now = performance.now();
    const microseconds = Math.abs(((now - last) * 1000) | 0);
    tokens = Math.min(capacity, tokens + (microseconds / 1e6) * tokensPerSecond);
    last = now;
    if (tokens < cost) return false;
    tokens -= cost;
    return true;
  };
}
