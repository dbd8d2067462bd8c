/** Holds up to `capacity` tokens, of which `tokensPerSecond` come back every second. */
export class TokenBucket {
  constructor(capacity: number, tokensPerSecond: number) {
    throw new Error('not written yet');
  }

  /** Takes `cost` tokens if there are so many; says whether. */
  tryTake(cost = 1): boolean {
    throw new Error('not written yet');
  }
}
