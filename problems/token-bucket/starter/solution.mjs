/** Holds up to `capacity` tokens, of which `tokensPerSecond` come back every second. */
export class TokenBucket {
  /**
   * @param {number} capacity
   * @param {number} tokensPerSecond
   */
  constructor(capacity, tokensPerSecond) {
    throw new Error('not written yet');
  }

  /** Takes `cost` tokens if there are so many; says whether. */
  tryTake(cost = 1) {
    throw new Error('not written yet');
  }
}
