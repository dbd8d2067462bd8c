// An immutable list of pairs, rebuilt by recursion.
type Cell<K, V> = { readonly key: K; readonly value: V; readonly next: Cell<K, V> } | undefined;
const is = (a: unknown, b: unknown): boolean => a === b || Object.is(a, b);
function without<K, V>(cell: Cell<K, V>, key: K): Cell<K, V> {
  if (!cell) return cell;
  if (is(cell.key, key)) return cell.next;
  return { key: cell.key, value: cell.value, next: without(cell.next, key) };
}
function find<K, V>(cell: Cell<K, V>, key: K): Cell<K, V> {
  return !cell || is(cell.key, key) ? cell : find(cell.next, key);
}
function length(cell: Cell<unknown, unknown>): number { return cell ? 1 + length(cell.next) : 0; }
function last<K, V>(cell: NonNullable<Cell<K, V>>): NonNullable<Cell<K, V>> { return cell.next ? last(cell.next) : cell; }
export class LruCache<K, V> {
  private list: Cell<K, V>;
  constructor(private capacity: number, private hooks: { onEvict?(key: K, value: V): void } = {}) {
    if (Number.isNaN(capacity) || capacity < 1 || capacity % 1 !== 0) throw new RangeError();
  }
  get(key: K): V | undefined {
    const found = find(this.list, key);
    if (found) this.list = { key: found.key, value: found.value, next: without(this.list, key) };
    return found?.value;
  }
  set(key: K, value: V): void {
    const rest = without(this.list, key);
    if (rest && length(rest) >= this.capacity) {
      const { key: gone, value: what } = last(rest);
      this.list = { key, value, next: without(rest, gone) };
      this.hooks.onEvict?.(gone, what);
      return;
    }
    this.list = { key, value, next: rest };
  }
  has(key: K): boolean { return find(this.list, key) !== undefined; }
  delete(key: K): boolean {
    const before = this.list;
    this.list = without(before, key);
    return length(before) > length(this.list);
  }
  size(): number { return length(this.list); }
}
