// fails: costs, no-more
// Every request takes one token.
export class TokenBucket {
  #full;
  #held;
  #rate;
  #last = Date.now();

  constructor(capacity, tokensPerSecond) {
    if (!(capacity > 0) || !(tokensPerSecond > 0)) throw new RangeError('both must be above 0');
    this.#full = this.#held = capacity * 1000;
    this.#rate = tokensPerSecond;
  }

  tryTake() {
    const cost = 1;
    const now = Date.now();
    this.#held = Math.min(this.#full, this.#held + (now - this.#last) * this.#rate);
    this.#last = now;
    if (this.#held < cost * 1000) return false;
    this.#held -= cost * 1000;
    return true;
  }
}
