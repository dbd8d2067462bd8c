// An event emitter for each phase; what an old one is told nobody hears.
import { EventEmitter } from 'node:events';

type State = 'open' | 'half-open' | 'closed';
type Fallible<T> = () => Promise<T> | T;
interface Options {
  window: number; minimum: number; share: number; openFor: number; probes: number; timeout?: number;
  isFailure?: (error: unknown) => boolean;
  onState?: (state: State) => void;
}

class CircuitOpenError extends Error {
  get name(): string { return 'CircuitOpenError'; }
}
class TimeoutError extends Error {
  get name(): string { return 'TimeoutError'; }
}

export class CircuitBreaker {
  private bus!: EventEmitter;
  private admit!: () => boolean;

  constructor(private readonly o: Options) {
    this.closed();
  }

  private phase(admit: () => boolean, heard: (failed: boolean) => void): void {
    this.bus?.removeAllListeners();
    this.bus = new EventEmitter().on('outcome', heard);
    this.admit = admit;
  }

  private closed(): void {
    const bad: number[] = [];
    const all: number[] = [];
    this.phase(() => true, (failed) => {
      const now = Date.now();
      all.push(now);
      if (failed) bad.push(now);
      for (const list of [bad, all]) {
        while (list.length && list[0]! <= now - this.o.window) list.shift();
      }
      const enough = all.length >= this.o.minimum;
      if (failed && enough && bad.length / all.length >= this.o.share) this.open();
    });
  }

  private open(): void {
    const until = Date.now() + this.o.openFor;
    this.phase(() => Date.now() >= until && (this.halfOpen(), this.admit()), () => {});
    this.o.onState?.('open');
  }

  private halfOpen(): void {
    let free = this.o.probes;
    let missing = this.o.probes;
    this.phase(() => free-- > 0, (failed) => {
      if (failed) return this.open();
      if (--missing > 0) return;
      this.closed();
      this.o.onState?.('closed');
    });
    this.o.onState?.('half-open');
  }

  call<T>(operation: Fallible<T>, fallback?: (error: unknown) => Promise<T> | T): Promise<T> {
    const result = this.admit() ? this.run(operation) : Promise.reject(new CircuitOpenError());
    return fallback ? result.catch(fallback) : result;
  }

  private run<T>(operation: Fallible<T>): Promise<T> {
    const { bus, o } = this;
    return new Promise<T>((resolve, reject) => {
      const timer = o.timeout === undefined ? undefined : setTimeout(() => {
        if (over()) bus.emit('outcome', true);
        reject(new TimeoutError());
      }, o.timeout);
      let running = true;
      const over = (): boolean => {
        clearTimeout(timer);
        return running && !(running = false);
      };
      new Promise<T>((done) => done(operation())).then((value) => {
        if (over()) bus.emit('outcome', false);
        resolve(value);
      }, (error: unknown) => {
        if (over()) bus.emit('outcome', o.isFailure?.(error) !== false);
        reject(error);
      });
    });
  }
}
