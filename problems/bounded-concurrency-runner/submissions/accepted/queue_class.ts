// A class that holds the state of one call; the exported function makes one and runs it.
type Task<T> = (signal: AbortSignal) => Promise<T> | T;
type Mode = 'fail-fast' | 'collect';

interface Options {
  mode?: Mode;
  signal?: AbortSignal;
}

enum State {
  running,
  over,
}

class Run<T> {
  readonly promise: Promise<unknown[]>;
  private readonly abort = new AbortController();
  private readonly pending: Array<{ task: Task<T>; index: number }>;
  private readonly results: unknown[];
  private remaining: number;
  private free: number;
  private state: State = State.running;
  private resolve!: (results: unknown[]) => void;
  private reject!: (reason: unknown) => void;

  constructor(
    tasks: readonly Task<T>[],
    limit: number,
    private readonly mode: Mode,
    private readonly outer: AbortSignal | undefined,
  ) {
    this.pending = tasks.map((task, index) => ({ task, index }));
    this.results = new Array<unknown>(tasks.length).fill(undefined);
    this.remaining = tasks.length;
    this.free = limit;
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  begin(): Promise<unknown[]> {
    if (this.outer?.aborted) {
      this.fail(this.outer.reason);
      return this.promise;
    }
    this.outer?.addEventListener('abort', this.cancel);
    this.schedule();
    return this.promise;
  }

  private readonly cancel = (): void => this.fail(this.outer!.reason);

  private schedule(): void {
    if (this.state === State.over) return;
    if (this.remaining === 0) {
      this.close();
      this.resolve(this.results);
      return;
    }
    while (this.free > 0 && this.pending.length > 0) {
      this.free--;
      const { task, index } = this.pending.shift()!;
      void this.execute(task, index);
    }
  }

  // Never rejects.
  private async execute(task: Task<T>, index: number): Promise<void> {
    try {
      const value = await task(this.abort.signal);
      this.record(index, value, { status: 'fulfilled', value });
    } catch (reason) {
      if (this.mode === 'fail-fast') {
        this.fail(reason);
        return;
      }
      this.record(index, undefined, { status: 'rejected', reason });
    }
    this.free++;
    this.schedule();
  }

  private record(index: number, value: unknown, outcome: PromiseSettledResult<T>): void {
    this.results[index] = this.mode === 'collect' ? outcome : value;
    this.remaining--;
  }

  private fail(reason: unknown): void {
    if (this.state === State.over) return;
    this.close();
    this.pending.length = 0;
    this.reject(reason);
    this.abort.abort(reason);
  }

  private close(): void {
    this.state = State.over;
    this.outer?.removeEventListener('abort', this.cancel);
  }
}

export function runWithConcurrency<T>(
  tasks: Task<T>[],
  limit: number,
  { mode = 'fail-fast', signal }: Options = {},
): Promise<unknown[]> {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    return Promise.reject(new RangeError(`bad limit: ${limit}`));
  }
  return new Run<T>(tasks, limit, mode, signal).begin();
}
