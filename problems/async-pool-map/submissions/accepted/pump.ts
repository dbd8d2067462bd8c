// A state machine: one function looks what can be done now and is called after everything that
// happens. Items are pulled one after the other.
type Mapper<T, R> = (item: T, index: number) => Promise<R> | R;
type Pulled<T> = IteratorResult<T> | Promise<IteratorResult<T>>;

class Pool<T, R> {
  private readonly iterator: Iterator<T> | AsyncIterator<T>;
  private readonly isAsync: boolean;
  private readonly results: R[] = [];
  private running = 0;
  private count = 0;
  private pulling = false;
  private ended = false;
  private failed = false;

  constructor(
    private readonly limit: number,
    source: Iterable<T> | AsyncIterable<T>,
    private readonly mapper: Mapper<T, R>,
    private readonly resolve: (results: R[]) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    this.isAsync = (source as AsyncIterable<T>)[Symbol.asyncIterator] !== undefined;
    this.iterator = this.isAsync
      ? (source as AsyncIterable<T>)[Symbol.asyncIterator]()
      : (source as Iterable<T>)[Symbol.iterator]();
  }

  pump(): void {
    while (!this.failed && !this.ended && !this.pulling && this.running < this.limit) this.pull();
    if (!this.failed && this.ended && this.running === 0) this.resolve(this.results);
  }

  private pull(): void {
    let pulled: Pulled<T>;
    try {
      pulled = this.iterator.next();
    } catch (error) {
      this.ended = true;
      return this.fail(error);
    }
    if (!this.isAsync) return this.arrive(pulled as IteratorResult<T>);
    this.pulling = true;
    Promise.resolve(pulled).then(
      (step) => {
        this.pulling = false;
        this.arrive(step);
        this.pump();
      },
      (error) => {
        this.ended = true;
        this.fail(error);
      },
    );
  }

  private arrive({ done, value }: IteratorResult<T>): void {
    if (done) this.ended = true;
    else if (!this.failed) this.map(value, this.count++);
  }

  private map(item: T, index: number): void {
    this.running += 1;
    new Promise<R>((resolve) => resolve(this.mapper(item, index))).then(
      (result) => {
        this.results[index] = result;
        this.running -= 1;
        this.pump();
      },
      (error) => this.fail(error),
    );
  }

  private fail(error: unknown): void {
    if (!this.failed && !this.ended) void Promise.resolve(this.iterator.return?.()).catch(() => undefined);
    this.failed = true;
    this.reject(error);
  }
}

export function poolMap<T, R>(
  limit: number,
  source: Iterable<T> | AsyncIterable<T>,
  mapper: Mapper<T, R>,
): Promise<R[]> {
  if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError('limit');
  return new Promise((resolve, reject) => {
    new Pool(limit, source, mapper, resolve, reject).pump();
  });
}
