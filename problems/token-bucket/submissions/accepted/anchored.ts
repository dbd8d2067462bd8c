// The level at the last admission, and when that was: what came back since is added when it is asked for.
enum Unit { Second = 1000 }
type Positive = number & { readonly positive: unique symbol };
function positive(value: number, name: string): asserts value is Positive {
  if (Number.isNaN(value) || value <= 0) throw new RangeError(`${name}: ${value}`);
}
interface Clock { now(): number }
abstract class Bucket<C extends Clock> {
  protected constructor(protected readonly clock: C) {}
  abstract tryTake(cost?: number): boolean;
}
export class TokenBucket extends Bucket<typeof performance> {
  static #count = 0;
  readonly id = ++TokenBucket.#count;
  #anchor: { at: number; level: number };
  readonly #capacity: Positive;
  readonly #rate: number;
  constructor(capacity: number, tokensPerSecond: number) {
    super(performance);
    positive(capacity, 'capacity');
    positive(tokensPerSecond, 'rate');
    this.#capacity = capacity;
    this.#rate = tokensPerSecond / Unit.Second;
    this.#anchor = { at: this.clock.now(), level: capacity };
  }
  get #level(): number {
    const { at, level } = this.#anchor;
    return Math.min(this.#capacity, level + (this.clock.now() - at) * this.#rate);
  }
  tryTake(cost = 1): boolean {
    const level = this.#level;
    if (level + 1e-9 < cost) return false;
    this.#anchor = { at: this.clock.now(), level: level - cost };
    return true;
  }
}
