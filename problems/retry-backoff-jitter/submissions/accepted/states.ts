// A machine with an enum of states in a namespace; a step function takes it from one to the next.
namespace Backoff {
  export enum State { Attempting, Waiting, Over }

  export interface Settings {
    readonly base: number;
    readonly cap: number;
    readonly factor: number;
    readonly random: () => number;
  }

  export function* delays({ base, cap, factor, random }: Settings): Generator<number, never> {
    let ceiling = base;
    for (;;) {
      yield random() * Math.min(cap, ceiling);
      ceiling *= factor;
    }
  }
}

type Ending = 'fulfilled' | 'rejected' | 'aborted';

interface Options {
  retries: number;
  base: number;
  cap: number;
  factor?: number;
  random?: () => number;
  isRetryable?: (error: unknown) => boolean;
  onOutcome?: (outcome: { attempts: number; elapsed: number; outcome: Ending }) => void;
  signal?: AbortSignal;
}

class Machine<T> implements EventListenerObject {
  private state = Backoff.State.Waiting;
  private attempts = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private current: AbortController | undefined;
  private readonly delays: Generator<number, never>;
  private readonly startedAt = performance.now();
  private resolve!: (value: T | PromiseLike<T>) => void;
  private reject!: (error: unknown) => void;
  readonly outcome = new Promise<T>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });

  constructor(
    private readonly operation: (signal?: AbortSignal) => Promise<T> | T,
    private readonly options: Options,
  ) {
    this.delays = Backoff.delays({ factor: 2, random: Math.random, ...options });
    if (options.signal?.aborted) {
      this.handleEvent();
      return;
    }
    options.signal?.addEventListener('abort', this);
    this.attempt();
  }

  handleEvent(): void {
    this.current?.abort(new Error('the caller left'));
    this.end('aborted', () => this.reject(this.options.signal!.reason));
  }

  private attempt(): void {
    this.state = Backoff.State.Attempting;
    this.attempts += 1;
    this.current = this.options.signal ? new AbortController() : undefined;
    const { current } = this;
    const started = new Promise<T>((resolve) => resolve(this.operation(current?.signal)));
    started.then(
      (value) => this.end('fulfilled', () => this.resolve(value)),
      (error: unknown) => this.failed(error),
    );
  }

  private failed(error: unknown): void {
    if (this.state === Backoff.State.Over) return;
    const hopeless = this.options.isRetryable?.(error) === false;
    if (hopeless || this.attempts === this.options.retries + 1) {
      this.end('rejected', () => this.reject(error));
      return;
    }
    this.state = Backoff.State.Waiting;
    this.timer = setTimeout(() => this.attempt(), this.delays.next().value);
  }

  private end(outcome: Ending, settle: () => void): void {
    if (this.state === Backoff.State.Over) return;
    this.state = Backoff.State.Over;
    clearTimeout(this.timer);
    this.options.signal?.removeEventListener('abort', this);
    const elapsed = performance.now() - this.startedAt;
    this.options.onOutcome?.({ attempts: this.attempts, elapsed, outcome });
    settle();
  }
}

export const retry = <T,>(operation: (signal?: AbortSignal) => Promise<T> | T, options: Options): Promise<T> => {
  const { retries } = options;
  if (!Number.isInteger(retries) || retries < 0) throw new RangeError('retries');
  return new Machine<T>(operation, options).outcome;
};
