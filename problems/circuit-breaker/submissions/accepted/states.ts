// The state pattern: each state admits and notes in its own way, and knows its successor.
type Name = 'open' | 'half-open' | 'closed';

interface Options {
  window: number;
  minimum: number;
  share: number;
  openFor: number;
  probes: number;
  timeout?: number;
  isFailure?: (error: unknown) => boolean;
  onState?: (state: Name) => void;
}

class CircuitOpenError extends Error {
  override name = 'CircuitOpenError';
}

abstract class State {
  abstract readonly name: Name;
  // The state in which a call that comes now begins; undefined: it is refused.
  abstract admit(options: Options): State | undefined;
  // The state that follows when a call that began in this one has ended.
  abstract note(failed: boolean, options: Options): State;
}

class Closed extends State {
  readonly name = 'closed';
  private outcomes: { until: number; failed: boolean }[] = [];

  admit(): State {
    return this;
  }

  note(failed: boolean, { window, minimum, share }: Options): State {
    const now = Date.now();
    this.outcomes = this.outcomes.filter((each) => each.until > now);
    this.outcomes.push({ until: now + window, failed });
    const failures = this.outcomes.reduce((sum, each) => sum + Number(each.failed), 0);
    const trips = this.outcomes.length >= minimum && failures / this.outcomes.length >= share;
    return failed && trips ? new Open() : this;
  }
}

class Open extends State {
  readonly name = 'open';
  private readonly since = Date.now();

  admit(options: Options): State | undefined {
    if (Date.now() < this.since + options.openFor) return undefined;
    return new HalfOpen().admit(options);
  }

  note(): State {
    return this;
  }
}

class HalfOpen extends State {
  readonly name = 'half-open';
  private admitted = 0;
  private succeeded = 0;

  admit({ probes }: Options): State | undefined {
    return this.admitted++ < probes ? this : undefined;
  }

  note(failed: boolean, { probes }: Options): State {
    if (failed) return new Open();
    return ++this.succeeded === probes ? new Closed() : this;
  }
}

export class CircuitBreaker {
  private state: State = new Closed();

  constructor(private readonly options: Options) {}

  async call<T>(
    operation: () => Promise<T> | T,
    fallback?: (error: unknown) => Promise<T> | T,
  ): Promise<T> {
    try {
      const began = this.state.admit(this.options);
      if (!began) throw new CircuitOpenError('no call goes through now');
      this.become(began);
      return await this.run(began, operation);
    } catch (error) {
      if (!fallback) throw error;
      return await fallback(error);
    }
  }

  private async run<T>(began: State, operation: () => Promise<T> | T): Promise<T> {
    const { timeout, isFailure } = this.options;
    const deadline = new AbortController();
    const late = new Promise<never>((_, reject) => {
      if (timeout === undefined) return;
      const error = new DOMException('The call took too long', 'TimeoutError');
      const timer = setTimeout(() => {
        this.note(began, true);
        reject(error);
      }, timeout);
      deadline.signal.addEventListener('abort', () => clearTimeout(timer));
    });
    const ended = (async () => operation())().then(
      (value) => {
        if (!deadline.signal.aborted) this.note(began, false);
        return value;
      },
      (error) => {
        if (!deadline.signal.aborted) this.note(began, !isFailure || isFailure(error));
        throw error;
      },
    );
    try {
      return await Promise.race([ended, late]);
    } finally {
      deadline.abort();
    }
  }

  private note(began: State, failed: boolean): void {
    if (began === this.state) this.become(began.note(failed, this.options));
  }

  private become(next: State): void {
    if (next === this.state) return;
    this.state = next;
    this.options.onState?.(next.name);
  }
}
