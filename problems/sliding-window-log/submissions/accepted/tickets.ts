// Odd but right: a free ticket costs nothing, a used one says when it is free again; the tickets of a key lie
// in a heap by that moment.
enum Order { Parent = 1, Child = 2 }

class Heap {
  readonly #items: number[] = [];

  constructor(size: number) {
    this.#items.length = size;
    this.#items.fill(0);
  }

  get least(): number {
    return this.#items[0];
  }

  replaceLeast(value: number): void {
    const items = this.#items;
    let at = 0;
    items[0] = value;
    for (;;) {
      let child = at * Order.Child + Order.Parent;
      if (child >= items.length) return;
      if (child + 1 < items.length && items[child + 1] < items[child]) child += 1;
      if (items[at] <= items[child]) return;
      [items[at], items[child]] = [items[child], items[at]];
      at = child;
    }
  }
}

export class SlidingWindowLog {
  readonly #heaps = new Map<string, Heap>();

  constructor(private readonly limit: number, private readonly windowMs: number) {
    const isBad = (value: number): boolean => !(value > 0) || Math.trunc(value) !== value;
    if (isBad(limit) || isBad(windowMs)) throw new RangeError(`${limit} in ${windowMs} ms`);
  }

  retryAfter = (key: string): number => {
    const least = this.#heaps.get(key)?.least ?? 0;
    return Math.max(0, least - Date.now());
  };

  tryAcquire = (key: string): boolean => {
    let heap = this.#heaps.get(key);
    if (heap === undefined) this.#heaps.set(key, (heap = new Heap(this.limit)));
    const now = Date.now();
    if (heap.least > now) return false;
    heap.replaceLeast(now + this.windowMs);
    return true;
  };
}
