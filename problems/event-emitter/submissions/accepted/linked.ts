// A ring of nodes for each event; `emit` makes a list of them before it calls the first.
type Listener = (...args: unknown[]) => void;

class Node {
  next: Node = this;
  previous: Node = this;
  called = false;

  constructor(
    readonly listener?: Listener,
    readonly once = false,
  ) {}
}

export class Emitter {
  private readonly rings = new Map<string, Node>();
  private readonly told = new Map<string, true>();

  constructor(private readonly options: { maxListeners?: number; onTooMany?: (event: string) => void } = {}) {}

  on(event: string, listener: Listener): this {
    return this.insert(event, new Node(listener), this.ring(event));
  }

  once(event: string, listener: Listener): this {
    return this.insert(event, new Node(listener, true), this.ring(event));
  }

  prepend(event: string, listener: Listener): this {
    return this.insert(event, new Node(listener), this.ring(event).next);
  }

  off(event: string, listener: Listener): this {
    for (const node of this.nodes(event).reverse()) {
      if (node.listener !== listener) continue;
      this.unlink(node);
      break;
    }
    return this;
  }

  removeAll(event?: string): this {
    if (event === undefined) this.rings.clear();
    this.rings.delete(event as string);
    return this;
  }

  emit(event: string, ...args: unknown[]): boolean {
    const nodes = this.nodes(event);
    if (event === 'error' && nodes.length === 0) throw args[0];
    nodes.forEach((node) => {
      if (node.once && node.called) return;
      node.called = true;
      if (node.once) this.unlink(node);
      (0, node.listener as Listener)(...args);
    });
    return nodes.length !== 0;
  }

  count(event: string): number {
    return this.nodes(event).length;
  }

  private ring(event: string): Node {
    let root = this.rings.get(event);
    if (!root) this.rings.set(event, (root = new Node()));
    return root;
  }

  private nodes(event: string): Node[] {
    const nodes: Node[] = [];
    const root = this.ring(event);
    for (let node = root.next; node !== root; node = node.next) nodes.push(node);
    return nodes;
  }

  private insert(event: string, node: Node, before: Node): this {
    node.next = before;
    node.previous = before.previous;
    node.previous.next = node;
    before.previous = node;
    if (this.count(event) > (this.options.maxListeners ?? 10) && !this.told.has(event)) {
      this.told.set(event, true);
      this.options.onTooMany?.(event);
    }
    return this;
  }

  private unlink(node: Node): void {
    node.previous.next = node.next;
    node.next.previous = node.previous;
    node.next = node.previous = node;
  }
}
