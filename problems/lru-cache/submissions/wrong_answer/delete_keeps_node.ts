// fails: reports-evictions
// A deleted entry stays in the list and is evicted later in place of another.
interface Node<K, V> {
  key: K;
  value: V;
  newer: Node<K, V>;
  older: Node<K, V>;
}

export class LruCache<K, V> {
  private readonly nodes = new Map<K, Node<K, V>>();
  private readonly root = {} as Node<K, V>;

  constructor(
    private readonly capacity: number,
    private readonly options: { onEvict?: (key: K, value: V) => void } = {},
  ) {
    if (!(Number.isSafeInteger(capacity) && capacity > 0)) throw new RangeError(`${capacity}`);
    this.root.newer = this.root.older = this.root;
  }

  get(key: K): V | undefined {
    const node = this.nodes.get(key);
    if (!node) return undefined;
    this.unlink(node);
    this.link(node);
    return node.value;
  }

  set(key: K, value: V): void {
    let node = this.nodes.get(key);
    if (node) {
      node.value = value;
      this.unlink(node);
      this.link(node);
      return;
    }
    if (this.nodes.size === this.capacity) {
      const oldest = this.root.newer;
      this.unlink(oldest);
      this.nodes.delete(oldest.key);
      this.options.onEvict?.(oldest.key, oldest.value);
    }
    node = { key, value } as Node<K, V>;
    this.nodes.set(key, node);
    this.link(node);
  }

  has(key: K): boolean {
    return this.nodes.has(key);
  }

  delete(key: K): boolean {
    const node = this.nodes.get(key);
    if (!node) return false;
    return this.nodes.delete(key);
  }

  size(): number {
    return this.nodes.size;
  }

  private unlink(node: Node<K, V>): void {
    node.older.newer = node.newer;
    node.newer.older = node.older;
  }

  private link(node: Node<K, V>): void {
    node.older = this.root.older;
    node.newer = this.root;
    node.older.newer = node;
    this.root.older = node;
  }
}
