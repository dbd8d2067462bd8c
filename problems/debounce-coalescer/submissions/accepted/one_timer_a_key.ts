// One timer a key, set to whichever moment comes first; time as Date.now() tells it.
interface Burst<V> {
  value: V;
  readonly latest: number;
  timer?: ReturnType<typeof setTimeout>;
}

export class Coalescer<V> {
  private readonly bursts = new Map<string, Burst<V>>();
  private readonly quietMs: number;
  private readonly maxWaitMs: number;

  constructor(
    private readonly emit: (key: string, value: V) => void,
    options: { quietMs: number; maxWaitMs: number },
  ) {
    this.quietMs = options.quietMs;
    this.maxWaitMs = options.maxWaitMs;
    if (Number.isNaN(this.quietMs) || this.quietMs <= 0) throw new RangeError('quietMs');
    if (Number.isNaN(this.maxWaitMs) || this.maxWaitMs < this.quietMs) throw new RangeError('maxWaitMs');
  }

  push(key: string, value: V): void {
    const burst: Burst<V> = this.bursts.get(key) ?? { value, latest: Date.now() + this.maxWaitMs };
    burst.value = value;
    clearTimeout(burst.timer);
    const wait = Math.min(this.quietMs, burst.latest - Date.now());
    burst.timer = setTimeout(() => this.flush(key), wait);
    this.bursts.set(key, burst);
  }

  flush(key: string): boolean {
    const burst = this.take(key);
    if (burst) this.emit(key, burst.value);
    return burst !== undefined;
  }

  cancel(key: string): boolean {
    return this.take(key) !== undefined;
  }

  private take(key: string): Burst<V> | undefined {
    const burst = this.bursts.get(key);
    clearTimeout(burst?.timer);
    this.bursts.delete(key);
    return burst;
  }
}
