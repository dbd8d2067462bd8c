// All bursts in a list sorted by when they are due, and one timer for the first of them.
interface Burst<V> { key: string; value: V; readonly begun: number; due: number }
export class Coalescer<V> {
  readonly #pending: Burst<V>[] = [];
  #timer?: ReturnType<typeof setTimeout>;
  readonly #emit: (key: string, value: V) => void;
  readonly #quiet: number;
  readonly #longest: number;
  constructor(emit: (key: string, value: V) => void, { quietMs, maxWaitMs }: { quietMs: number; maxWaitMs: number }) {
    if (!(quietMs > 0) || !(maxWaitMs >= quietMs)) throw new RangeError('quietMs and maxWaitMs make no sense');
    [this.#emit, this.#quiet, this.#longest] = [emit, quietMs, maxWaitMs];
  }
  #remove(key: string): Burst<V> | undefined {
    const at = this.#pending.findIndex((burst) => burst.key === key);
    return at < 0 ? undefined : this.#pending.splice(at, 1)[0];
  }
  #arm(): void {
    clearTimeout(this.#timer);
    const [first] = this.#pending;
    if (first) this.#timer = setTimeout(() => this.#ring(), Math.max(0, first.due - performance.now()));
  }
  #ring(): void {
    const now = performance.now();
    while (this.#pending.length > 0 && this.#pending[0]!.due <= now + 0.5) {
      const { key, value } = this.#pending.shift()!;
      this.#emit(key, value);
    }
    this.#arm();
  }
  push(key: string, value: V): void {
    const now = performance.now();
    const burst = this.#remove(key) ?? { key, value, begun: now, due: 0 };
    burst.value = value;
    burst.due = Math.min(now + this.#quiet, burst.begun + this.#longest);
    const at = this.#pending.findIndex((other) => other.due > burst.due);
    this.#pending.splice(at < 0 ? this.#pending.length : at, 0, burst);
    this.#arm();
  }
  flush(key: string): boolean {
    const burst = this.#remove(key);
    this.#arm();
    if (!burst) return false;
    this.#emit(burst.key, burst.value);
    return true;
  }
  cancel(key: string): boolean {
    const found = this.#remove(key) !== undefined;
    this.#arm();
    return found;
  }
}
