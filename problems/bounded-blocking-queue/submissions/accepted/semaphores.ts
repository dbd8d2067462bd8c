// Two counting semaphores, for values and for room, and a lock of turns: the textbook.
class Gate {
  private waiting = new Map<symbol, { go: () => void; stop: (error: unknown) => void }>();
  constructor(public count: number) {}
  enter(signal?: AbortSignal): Promise<void> {
    if (this.count > 0) { this.count--; return Promise.resolve(); }
    return new Promise((resolve, reject) => {
      const id = Symbol();
      const quit = (): void => { this.waiting.delete(id); reject(signal!.reason); };
      const off = (): void => signal?.removeEventListener('abort', quit);
      this.waiting.set(id, {
        go: () => { off(); resolve(); },
        stop: (error) => { off(); reject(error); },
      });
      signal?.addEventListener('abort', quit, { once: true });
    });
  }
  leave(): void {
    for (const [id, waiter] of this.waiting) {
      this.waiting.delete(id);
      waiter.go();
      return;
    }
    this.count++;
  }
  shut(make: () => unknown): void {
    const all = [...this.waiting.values()];
    this.waiting.clear();
    for (const waiter of all) waiter.stop(make());
  }
}

class QueueClosedError extends Error { readonly name = 'QueueClosedError'; }

// Whoever has waited puts or takes synchronously when he is let through: the gate calls him.
export class BoundedQueue<T> {
  private items: T[] = [];
  private over = false;
  private putters: Array<{ value: T; done(): void; fail(e: unknown): void }> = [];
  private takers: Array<{ done(value: T): void; fail(e: unknown): void }> = [];
  private readonly room: Gate;
  constructor(private readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity');
    this.room = new Gate(capacity);
  }
  private pump(): void {
    for (;;) {
      if (this.takers.length && this.items.length) { this.takers.shift()!.done(this.items.shift()!); this.room.leave(); continue; }
      if (this.putters.length && this.room.count > 0) {
        this.room.count--;
        const putter = this.putters.shift()!;
        this.items.push(putter.value);
        putter.done();
        continue;
      }
      break;
    }
    if (!this.over) return;
    for (const each of this.putters.splice(0)) each.fail(new QueueClosedError('closed'));
    if (this.items.length === 0) for (const each of this.takers.splice(0)) each.fail(new QueueClosedError('closed'));
  }
  private wait<R>(line: any[], signal: AbortSignal | undefined, extra: object): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      if (signal?.aborted) { reject(signal.reason); return; }
      const leave = (): void => { line.splice(line.indexOf(entry), 1); clean(); reject(signal!.reason); };
      const clean = (): void => signal?.removeEventListener('abort', leave);
      const entry = { ...extra, done: (v: any) => { clean(); resolve(v); }, fail: (e: unknown) => { clean(); reject(e); } };
      signal?.addEventListener('abort', leave);
      line.push(entry);
      this.pump();
    });
  }
  put(value: T, signal?: AbortSignal): Promise<void> {
    if (this.over && !signal?.aborted) return Promise.reject(new QueueClosedError('closed'));
    return this.wait<void>(this.putters, signal, { value });
  }
  take(signal?: AbortSignal): Promise<T> { return this.wait<T>(this.takers, signal, {}); }
  close(): void { this.over = true; this.pump(); }
  size(): number { return this.items.length; }
}
