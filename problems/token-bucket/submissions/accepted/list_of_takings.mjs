// Odd but right: remembers everything that was taken since the bucket was full, and plays it again.
export class TokenBucket {
  constructor(capacity, tokensPerSecond) {
    for (const each of [capacity, tokensPerSecond]) {
      if (Number.isNaN(each) || each <= 0) throw new RangeError(`${each} is not above 0`);
    }
    Object.assign(this, { capacity, tokensPerSecond, takings: [] });
  }

  tryTake(cost = 1) {
    const now = Date.now();
    let missing = 0;  // thousandths of a token
    let last = 0;
    for (const { at, taken } of this.takings) {
      missing = Math.max(0, missing - (at - last) * this.tokensPerSecond) + taken * 1000;
      last = at;
    }
    missing = Math.max(0, missing - (now - last) * this.tokensPerSecond);
    if (missing === 0) this.takings = [];
    if (missing + cost * 1000 > this.capacity * 1000) return false;
    this.takings.push({ at: now, taken: cost });
    return true;
  }
}
