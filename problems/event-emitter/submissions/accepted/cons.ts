// Immutable linked lists, and what is left to do as a list too.
namespace List {
  export type Of<T> = { readonly head: T; readonly tail: Of<T> } | null;
  export const append = <T,>(list: Of<T>, item: T): Of<T> =>
    list === null ? { head: item, tail: null } : { head: list.head, tail: append(list.tail, item) };
  export const reverse = <T,>(list: Of<T>, onto: Of<T> = null): Of<T> =>
    list === null ? onto : reverse(list.tail, { head: list.head, tail: onto });
  export const without = <T,>(list: Of<T>, is: (item: T) => boolean): Of<T> =>
    list === null ? null : is(list.head) ? list.tail : { head: list.head, tail: without(list.tail, is) };
  export const length = (list: Of<unknown>): number => (list === null ? 0 : 1 + length(list.tail));
}

enum Life { always, once, spent }

interface Held<A extends unknown[]> { call: (...args: A) => void; life: Life }

export class Emitter<A extends unknown[] = any[]> {
  private events: ReadonlyMap<string, List.Of<Held<A>>> = new Map();
  private readonly told: Record<string, true> = Object.create(null);
  private readonly most: number;
  private readonly tell?: (event: string) => void;

  constructor(options?: { maxListeners?: number; onTooMany?: (event: string) => void }) {
    this.most = options?.maxListeners ?? 10;
    this.tell = options?.onTooMany;
  }

  private become(event: string, list: List.Of<Held<A>>): this {
    this.events = new Map([...this.events, [event, list]]);
    if (this.count(event) > this.most && !(event in this.told)) {
      this.told[event] = true;
      this.tell?.call(undefined, event);
    }
    return this;
  }

  on(event: string, call: (...args: A) => void): this {
    return this.become(event, List.append(this.of(event), { call, life: Life.always }));
  }
  once(event: string, call: (...args: A) => void): this {
    return this.become(event, List.append(this.of(event), { call, life: Life.once }));
  }
  prepend(event: string, call: (...args: A) => void): this {
    return this.become(event, { head: { call, life: Life.always }, tail: this.of(event) });
  }
  off(event: string, call: (...args: A) => void): this {
    return this.become(event, List.reverse(List.without(List.reverse(this.of(event)), (held) => held.call === call)));
  }
  removeAll(event?: string): this {
    this.events = new Map(event === undefined ? [] : [...this.events].filter(([name]) => name !== event));
    return this;
  }
  count(event: string): number {
    return List.length(this.of(event));
  }
  emit(event: string, ...args: A): boolean {
    const all = this.of(event);
    if (all === null && event === 'error') throw args[0];
    this.run(event, all, args);
    return all !== null;
  }
  private run(event: string, list: List.Of<Held<A>>, args: A): void {
    if (list === null) return;
    const held = list.head;
    if (held.life === Life.once) {
      held.life = Life.spent;
      this.become(event, List.without(this.of(event), (other) => other === held));
      held.call(...args);
    } else if (held.life === Life.always) {
      held.call(...args);
    }
    this.run(event, list.tail, args);
  }
  private of(event: string): List.Of<Held<A>> {
    return this.events.get(event) ?? null;
  }
}
