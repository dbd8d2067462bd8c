// A wheel of half seconds: who expires in which slot; one timer that turns the wheel while it carries something.
namespace Time {
  export const SLOT = 400;
  export const now = (): number => Date.now();
  export const slotOf = (t: number): number => Math.ceil(t / SLOT);
}

interface Item<K, V> { readonly key: K; readonly value: V; readonly until: number; readonly slot: number }

export class TtlCache<K, V> {
  private items = new Map<K, Item<K, V>>();
  private slots = new Map<number, Set<Item<K, V>>>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly ttl: number, private readonly options: { jitter?: number; onExpire?: (key: K, value: V) => void } = {}) {
    TtlCache.refuse(ttl);
  }

  private static refuse(ttl: number): void {
    if (Number.isNaN(ttl) || ttl <= 0) throw new RangeError(`ttl: ${ttl}`);
  }

  private live(key: K): Item<K, V> | undefined {
    const item = this.items.get(key);
    return item && item.until > Time.now() ? item : undefined;
  }

  private discard(item: Item<K, V>): void {
    this.slots.get(item.slot)?.delete(item);
    if (this.items.get(item.key) === item) this.items.delete(item.key);
  }

  set(key: K, value: V, ttl: number = this.ttl): this {
    TtlCache.refuse(ttl);
    const old = this.items.get(key);
    if (old) this.discard(old);
    const until = Time.now() + Math.round(ttl + ttl * (this.options.jitter ?? 0) * Math.random());
    const item = { key, value, until, slot: Time.slotOf(until) };
    this.items.set(key, item);
    const slot = this.slots.get(item.slot) ?? new Set();
    this.slots.set(item.slot, slot.add(item));
    this.arm();
    return this;
  }

  setAll(entries: readonly (readonly [K, V])[]): void {
    entries.forEach(([key, value]) => this.set(key, value));
  }

  private arm(): void {
    if (this.timer !== null || this.items.size === 0) return;
    const now = Time.now();
    this.timer = setTimeout(() => this.turn(), Time.SLOT - (now % Time.SLOT));
    this.timer.unref();
  }

  private turn(): void {
    this.timer = null;
    const now = Time.now();
    for (const [number, slot] of this.slots) {
      if (number * Time.SLOT > now) continue;
      this.slots.delete(number);
      for (const item of slot) {
        this.discard(item);
        this.options.onExpire?.(item.key, item.value);
      }
    }
    this.arm();
  }

  get(key: K): V | undefined { return this.live(key)?.value; }
  has(key: K): boolean { return Boolean(this.live(key)); }
  delete(key: K): boolean {
    const item = this.live(key);
    if (!item) return false;
    this.discard(item);
    return true;
  }
  size(): number {
    let n = 0;
    for (const key of this.items.keys()) if (this.live(key)) n++;
    return n;
  }
}
