// A load is an async generator's only item; who waits holds a lease, and the registry knows the leases.
namespace Leases {
  export enum End { Landed, Left }
  export type Lease = { end(how: End): void };
}

interface Entry<V> {
  readonly promise: Promise<V>;
  readonly leases: Set<Leases.Lease>;
  cancel(): void;
}

export class SingleFlight<K, V> {
  readonly #entries: Array<{ key: K; entry: Entry<V> }> = [];
  readonly #load: (key: K, signal: AbortSignal) => Promise<V> | V;

  constructor(load: (key: K, signal: AbortSignal) => Promise<V> | V) {
    this.#load = load;
    Object.freeze(this);
  }

  async *#flight(key: K, signal: AbortSignal): AsyncGenerator<V, void> {
    yield await this.#load(key, signal);
  }

  #remove(entry: Entry<V>): void {
    const at = this.#entries.findIndex((each) => each.entry === entry);
    if (at >= 0) this.#entries.splice(at, 1);
  }

  #open(key: K): Entry<V> {
    const controller = new AbortController();
    const entry: Entry<V> = {
      leases: new Set(),
      promise: this.#flight(key, controller.signal).next().then(
        (item) => { this.#remove(entry); return item.value as V; },
        (error: unknown) => { this.#remove(entry); throw error; },
      ),
      cancel: () => { this.#remove(entry); controller.abort(); },
    };
    this.#entries.push({ key, entry });
    return entry;
  }

  get(key: K, signal?: AbortSignal): Promise<V> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const known = this.#entries.find((each) => Object.is(each.key, key));
    const entry = known?.entry ?? this.#open(key);
    let leave: (() => void) | undefined;
    const lease: Leases.Lease = {
      end(how) {
        if (!entry.leases.delete(lease)) return;
        if (leave) signal?.removeEventListener('abort', leave);
        if (how === Leases.End.Left && entry.leases.size === 0) entry.cancel();
      },
    };
    entry.leases.add(lease);
    return new Promise<V>((resolve, reject) => {
      leave = () => {
        lease.end(Leases.End.Left);
        reject(signal!.reason);
      };
      signal?.addEventListener('abort', leave);
      entry.promise.then(resolve, reject).finally(() => lease.end(Leases.End.Landed));
    });
  }

  size = (): number => this.#entries.length;
}
