// A binary heap by time of expiry, and one timer for its top. What was replaced stays in the heap
// until its time and is recognised by its entry.
interface Entry<K, V> {
  key: K;
  value: V;
  until: number;
}

class Heap<T extends { until: number }> {
  private items: T[] = [];

  top(): T | undefined {
    return this.items[0];
  }

  push(item: T): void {
    let at = this.items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.items[parent].until <= item.until) break;
      this.items[at] = this.items[parent];
      at = parent;
    }
    this.items[at] = item;
  }

  pop(): void {
    const last = this.items.pop()!;
    if (this.items.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.items.length) break;
      const other = this.items[child + 1];
      if (other !== undefined && other.until < this.items[child].until) child += 1;
      if (last.until <= this.items[child].until) break;
      this.items[at] = this.items[child];
      at = child;
    }
    this.items[at] = last;
  }
}

export class TtlCache<K, V> {
  private readonly entries = new Map<K, Entry<K, V>>();
  private readonly heap = new Heap<Entry<K, V>>();
  private alarm: NodeJS.Timeout | undefined;
  private readonly jitter: number;
  private readonly onExpire: (key: K, value: V) => void;

  constructor(
    private readonly ttl: number,
    options: { jitter?: number; onExpire?: (key: K, value: V) => void } = {},
  ) {
    this.refuse(ttl);
    this.jitter = options.jitter ?? 0;
    this.onExpire = options.onExpire ?? (() => undefined);
  }

  set(key: K, value: V, ttl?: number): this {
    if (ttl !== undefined) this.refuse(ttl);
    this.expire();
    const life = Math.round((ttl ?? this.ttl) * (1 + this.jitter * Math.random()));
    const entry = { key, value, until: Date.now() + life };
    this.entries.set(key, entry);
    this.heap.push(entry);
    if (this.heap.top() === entry) this.setAlarm();
    return this;
  }

  setAll(entries: [K, V][]): void {
    entries.forEach(([key, value]) => this.set(key, value));
  }

  get(key: K): V | undefined {
    this.expire();
    return this.entries.get(key)?.value;
  }

  has(key: K): boolean {
    this.expire();
    return this.entries.has(key);
  }

  delete(key: K): boolean {
    this.expire();
    return this.entries.delete(key);
  }

  size(): number {
    this.expire();
    return this.entries.size;
  }

  private refuse(ttl: number): void {
    if (Number.isNaN(ttl) || ttl <= 0) throw new RangeError(`a ttl of ${ttl}`);
  }

  private expire(): void {
    const now = Date.now();
    let first = this.heap.top();
    if (first === undefined || first.until > now) return;
    for (; first !== undefined && first.until <= now; first = this.heap.top()) {
      this.heap.pop();
      if (this.entries.get(first.key) !== first) continue;
      this.entries.delete(first.key);
      this.onExpire(first.key, first.value);
    }
    this.setAlarm();
  }

  private setAlarm(): void {
    clearTimeout(this.alarm);
    const first = this.heap.top();
    if (first === undefined) return;
    this.alarm = setTimeout(() => {
      this.expire();
      this.setAlarm();
    }, first.until - Date.now());
    this.alarm.unref();
  }
}
