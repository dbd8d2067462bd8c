// One generator a key: it is resumed with what happens, and says how long it wants to sleep.
type Step<V> = { push: V } | 'tick' | 'drop';
const { now } = performance;

function* life<V>(first: V, quiet: number, longest: number): Generator<number, [V] | [], Step<V>> {
  const end = Date.now() + longest;
  let value = first;
  let due = Math.min(end, Date.now() + quiet);
  while (true) {
    const step: Step<V> = yield Math.max(1, due - Date.now());
    if (step === 'drop') return [];
    if (step === 'tick') return [value];
    value = step.push;
    due = Math.min(end, Date.now() + quiet);
  }
}

type Life<V> = ReturnType<typeof life<V>>;

export class Coalescer<V> {
  readonly #lives = new Map<string, { of: Life<V>; timer: NodeJS.Timeout }>();

  constructor(
    readonly emit: (key: string, value: V) => void,
    readonly options: { quietMs: number; maxWaitMs: number },
  ) {
    const { quietMs, maxWaitMs } = options;
    if (!(0 < quietMs && quietMs <= maxWaitMs)) throw new RangeError(`${quietMs}, ${maxWaitMs}`);
  }

  push(key: string, value: V): void {
    if (this.#resume(key, { push: value })) return;
    const of = life(value, this.options.quietMs, this.options.maxWaitMs);
    this.#sleep(key, of, of.next());
  }

  flush(key: string): boolean { return this.#resume(key, 'tick'); }
  cancel(key: string): boolean { return this.#resume(key, 'drop'); }

  #resume(key: string, step: Step<V>): boolean {
    const one = this.#lives.get(key);
    if (!one) return false;
    clearTimeout(one.timer);
    this.#lives.delete(key);
    this.#sleep(key, one.of, one.of.next(step));
    return true;
  }

  #sleep(key: string, of: Life<V>, next: IteratorResult<number, [V] | []>): void {
    if (!next.done) {
      this.#lives.set(key, { of, timer: setTimeout(() => this.flush(key), next.value) });
    } else if (next.value.length) {
      this.emit(key, next.value[0]);
    }
  }
}
