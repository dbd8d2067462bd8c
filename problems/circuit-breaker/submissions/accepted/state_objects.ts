// One class a state, in a namespace; the time from process.hrtime; a ring of samples that grows.
namespace Clock {
  export const ms = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;
}

enum Name { Closed = 'closed', Open = 'open', HalfOpen = 'half-open' }

interface Options {
  window: number; minimum: number; share: number; openFor: number; probes: number; timeout?: number;
  isFailure?: (error: unknown) => boolean;
  onState?: (state: `${Name}`) => void;
}

class Samples {
  private ring: ({ at: number; bad: boolean } | undefined)[] = new Array(4);
  private first = 0;
  size = 0;
  bad = 0;
  push(at: number, bad: boolean): void {
    if (this.size === this.ring.length) {
      const bigger = new Array(this.ring.length * 2);
      for (let i = 0; i < this.size; i++) bigger[i] = this.ring[(this.first + i) % this.ring.length];
      this.ring = bigger;
      this.first = 0;
    }
    this.ring[(this.first + this.size++) % this.ring.length] = { at, bad };
    if (bad) this.bad++;
  }
  dropBefore(time: number): void {
    while (this.size > 0 && this.ring[this.first]!.at <= time) {
      if (this.ring[this.first]!.bad) this.bad--;
      this.ring[this.first] = undefined;
      this.first = (this.first + 1) % this.ring.length;
      this.size--;
    }
  }
}

abstract class State {
  abstract readonly name: Name;
  constructor(protected readonly owner: CircuitBreaker) {}
  abstract admits(): State | null;
  protected get active(): boolean { return this.owner.state === this; }
  succeeded(): void { if (this.active) this.onSuccess(); }
  failed(): void { if (this.active) this.onFailure(); }
  protected onSuccess(): void {}
  protected onFailure(): void {}
}

class Closed extends State {
  readonly name = Name.Closed;
  private readonly samples = new Samples();
  admits(): State { return this; }
  protected onSuccess(): void { this.samples.push(Clock.ms(), false); }
  protected onFailure(): void {
    const { window, minimum, share } = this.owner.options;
    const now = Clock.ms();
    this.samples.push(now, true);
    this.samples.dropBefore(now - window);
    if (this.samples.size < minimum || this.samples.bad / this.samples.size < share) return;
    this.owner.become(new Open(this.owner));
  }
}

class Open extends State {
  readonly name = Name.Open;
  private readonly until = Clock.ms() + this.owner.options.openFor;
  admits(): State | null {
    if (Clock.ms() < this.until) return null;
    return this.owner.become(new HalfOpen(this.owner)).admits();
  }
}

class HalfOpen extends State {
  readonly name = Name.HalfOpen;
  private tickets = this.owner.options.probes;
  private missing = this.owner.options.probes;
  admits(): State | null { return this.tickets-- > 0 ? this : null; }
  protected onSuccess(): void { if (--this.missing === 0) this.owner.become(new Closed(this.owner)); }
  protected onFailure(): void { this.owner.become(new Open(this.owner)); }
}

class CircuitOpenError extends Error { override name = 'CircuitOpenError'; }
class TimeoutError extends Error { override name = 'TimeoutError'; }

export class CircuitBreaker {
  state: State = new Closed(this);
  constructor(readonly options: Readonly<Options>) {
    if (!(options.share > 0 && options.share <= 1)) throw new RangeError('share');
  }
  become<S extends State>(state: S): S {
    this.state = state;
    this.options.onState?.(state.name);
    return state;
  }
  async call<T>(operation: () => Promise<T> | T, fallback?: (error: unknown) => Promise<T> | T): Promise<T> {
    const state = this.state.admits();
    try {
      if (state === null) throw new CircuitOpenError('open');
      return await this.guarded(state, operation);
    } catch (error) {
      if (!fallback) throw error;
      return await fallback(error);
    }
  }
  private guarded<T>(state: State, operation: () => Promise<T> | T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let over = false;
      const end = (what: () => void): void => {
        if (over) return;
        over = true;
        clearTimeout(timer);
        what();
      };
      const timer = this.options.timeout === undefined ? undefined : setTimeout(() => end(() => {
        state.failed();
        reject(new TimeoutError('late'));
      }), this.options.timeout);
      const work = async (): Promise<T> => operation();
      work().then(
        (value) => end(() => { state.succeeded(); resolve(value); }),
        (error: unknown) => end(() => {
          if (this.options.isFailure?.(error) ?? true) state.failed();
          else state.succeeded();
          reject(error);
        }),
      );
    });
  }
}
