// Keeps one number: the moment at which the bucket would be full again.
export class TokenBucket {
  private fullAt = 0;
  private readonly perToken: number;

  constructor(
    private readonly capacity: number,
    tokensPerSecond: number,
  ) {
    if (!(capacity > 0 && tokensPerSecond > 0)) throw new RangeError('capacity and rate');
    this.perToken = 1000 / tokensPerSecond;
  }

  tryTake(cost = 1): boolean {
    const now = performance.now();
    const fullAt = Math.max(now, this.fullAt) + cost * this.perToken;
    if (fullAt - now > this.capacity * this.perToken) return false;
    this.fullAt = fullAt;
    return true;
  }
}
