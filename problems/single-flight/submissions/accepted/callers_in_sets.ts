// Each load keeps the set of its callers and settles them itself.
type Load<K, V> = (key: K, signal: AbortSignal) => Promise<V> | V;

interface Caller<V> {
  resolve(value: V): void;
  reject(error: unknown): void;
}

class Flight<K, V> {
  readonly callers = new Set<Caller<V>>();
  private readonly controller = new AbortController();

  constructor(
    private readonly key: K,
    private readonly over: () => void,
  ) {}

  async fly(load: Load<K, V>): Promise<void> {
    try {
      const value = await load(this.key, this.controller.signal);
      this.over();
      for (const caller of this.callers) caller.resolve(value);
    } catch (error) {
      this.over();
      for (const caller of this.callers) caller.reject(error);
    }
  }

  leave(caller: Caller<V>): void {
    this.callers.delete(caller);
    if (this.callers.size > 0) return;
    this.over();
    this.controller.abort(new Error('nobody waits any more'));
  }
}

export class SingleFlight<K, V> {
  private flights = new Map<K, Flight<K, V>>();

  constructor(private readonly load: Load<K, V>) {}

  async get(key: K, signal?: AbortSignal): Promise<V> {
    signal?.throwIfAborted();
    let flight = this.flights.get(key);
    const isNew = flight === undefined;
    if (flight === undefined) {
      const made: Flight<K, V> = new Flight(key, () => {
        if (this.flights.get(key) === made) this.flights.delete(key);
      });
      flight = made;
      this.flights.set(key, made);
    }
    const joined = flight;
    let giveUp: (() => void) | undefined;
    try {
      return await new Promise<V>((resolve, reject) => {
        const caller: Caller<V> = { resolve, reject };
        joined.callers.add(caller);
        giveUp = () => {
          joined.leave(caller);
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', giveUp);
        if (isNew) void joined.fly(this.load);
      });
    } finally {
      if (giveUp) signal?.removeEventListener('abort', giveUp);
    }
  }

  size(): number {
    return this.flights.size;
  }
}
