// fails: keeps-fractions
// What is less than a thousandth of a token is lost at each question.
export function TokenBucket(capacity, tokensPerSecond) {
  if (!(capacity > 0)) throw new RangeError('capacity must be above 0');
  if (!(tokensPerSecond > 0)) throw new RangeError('tokensPerSecond must be above 0');
  let tokens = capacity;
  let last = performance.now();

  this.tryTake = (cost = 1) => {
    const now = performance.now();
    tokens = Math.min(capacity, tokens + ((now - last) / 1000) * tokensPerSecond);
    tokens = Math.floor(tokens * 1000) / 1000;
    last = now;
    if (tokens < cost) return false;
    tokens -= cost;
    return true;
  };
}
