// Slots in typed arrays: who is newer and who is older, and a stack of slots that are free.
type Index = number;
const NONE: Index = 0;

export class LruCache<K = unknown, V = unknown> {
  readonly #index = new Map<K, Index>();
  readonly #keys: (K | undefined)[] = [undefined];
  readonly #values: (V | undefined)[] = [undefined];
  #newer: Uint32Array;
  #older: Uint32Array;
  #free: Index[] = [];
  readonly #max: number;
  readonly #onEvict?: (key: K, value: V) => void;

  constructor(capacity: number, options: { onEvict?: (key: K, value: V) => void } = {}) {
    if (!Number.isInteger(capacity) || capacity <= 0) {
      throw new RangeError(`capacity must be a positive integer, got ${String(capacity)}`);
    }
    this.#max = capacity;
    this.#onEvict = options.onEvict;
    this.#newer = new Uint32Array(8);
    this.#older = new Uint32Array(8);
  }

  #grow(): void {
    if (this.#keys.length < this.#newer.length) return;
    for (const name of ['newer', 'older'] as const) {
      const bigger = new Uint32Array(this.#keys.length * 2);
      bigger.set(name === 'newer' ? this.#newer : this.#older);
      if (name === 'newer') this.#newer = bigger;
      else this.#older = bigger;
    }
  }

  #cut(i: Index): void {
    this.#newer[this.#older[i]!] = this.#newer[i]!;
    this.#older[this.#newer[i]!] = this.#older[i]!;
  }

  #top(i: Index): void {
    const newest = this.#older[NONE]!;
    this.#older[i] = newest;
    this.#newer[newest] = i;
    this.#newer[i] = NONE;
    this.#older[NONE] = i;
  }

  #drop(i: Index): V {
    this.#cut(i);
    this.#index.delete(this.#keys[i] as K);
    const value = this.#values[i] as V;
    this.#keys[i] = this.#values[i] = undefined;
    this.#free.push(i);
    return value;
  }

  get(key: K): V | undefined {
    const i = this.#index.get(key);
    if (i === undefined) return undefined;
    if (this.#older[NONE] !== i) {
      this.#cut(i);
      this.#top(i);
    }
    return this.#values[i];
  }

  set(key: K, value: V): this {
    let i = this.#index.get(key);
    if (i !== undefined) {
      this.#values[i] = value;
      this.#cut(i);
      this.#top(i);
      return this;
    }
    if (this.#index.size === this.#max) {
      const oldest = this.#newer[NONE]!;
      const gone = this.#keys[oldest] as K;
      const what = this.#drop(oldest);
      this.#onEvict?.(gone, what);
    }
    i = this.#free.pop();
    if (i === undefined) {
      i = this.#keys.length;
      this.#grow();
    }
    this.#keys[i] = key;
    this.#values[i] = value;
    this.#index.set(key, i);
    this.#top(i);
    return this;
  }

  has(key: K): boolean { return this.#index.has(key); }
  size(): number { return this.#index.size; }
  delete(key: K): boolean {
    const i = this.#index.get(key);
    if (i === undefined) return false;
    this.#drop(i);
    return true;
  }
}
