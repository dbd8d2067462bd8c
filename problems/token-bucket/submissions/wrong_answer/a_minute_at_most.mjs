// fails: no-less
// Never believes that more than a minute has passed, so a large bucket does not fill up.
export function TokenBucket(capacity, tokensPerSecond) {
  if (!(capacity > 0)) throw new RangeError('capacity must be above 0');
  if (!(tokensPerSecond > 0)) throw new RangeError('tokensPerSecond must be above 0');
  let tokens = capacity;
  let last = performance.now();

  this.tryTake = (cost = 1) => {
    const now = performance.now();
    tokens = Math.min(capacity, tokens + (Math.min(60, (now - last) / 1000)) * tokensPerSecond);
    last = now;
    if (tokens < cost) return false;
    tokens -= cost;
    return true;
  };
}
