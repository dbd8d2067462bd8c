// fails: no-more, costs
// Whole tokens, but the clock of a full bucket stands: the part of a token that it earned then comes on top.
export class TokenBucket {
  #capacity;
  #msPerToken;
  #tokens;
  #since = Date.now();

  constructor(capacity, tokensPerSecond) {
    if (!(Math.min(capacity, tokensPerSecond) > 0)) throw new RangeError('must be above 0');
    this.#capacity = this.#tokens = capacity;
    this.#msPerToken = 1000 / tokensPerSecond;
  }

  #refill() {
    const now = Date.now();
    const back = Math.floor((now - this.#since) / this.#msPerToken);
    this.#tokens += back;
    this.#since += back * this.#msPerToken;
    if (this.#tokens >= this.#capacity) {
      this.#tokens = this.#capacity;
    }
  }

  tryTake(cost = 1) {
    this.#refill();
    const admitted = cost <= this.#tokens;
    if (admitted) this.#tokens -= cost;
    return admitted;
  }
}
