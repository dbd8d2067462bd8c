// fails: drains, counts?
// Remembers at `close` what is left, and hands that out once more when the queue is empty.
class QueueClosedError extends Error {}

interface Request<T> {
  value?: T;
  in: boolean;  // a put whose value is in the queue
  resolve(value?: T): void;
  reject(error: unknown): void;
}

export class BoundedQueue<T> {
  private puts: Request<T>[] = [];  // the first `capacity` of them are in the queue
  private takes: Request<T>[] = [];
  private isClosed = false;
  private left: Request<T>[] = [];

  constructor(private readonly capacity: number) {
    if (!(Number.isSafeInteger(capacity) && capacity > 0)) throw new RangeError('bad capacity');
  }

  put(value: T, signal?: AbortSignal): Promise<void> {
    return this.enqueue('puts', signal, value) as Promise<void>;
  }

  take(signal?: AbortSignal): Promise<T> {
    return this.enqueue('takes', signal) as Promise<T>;
  }

  close(): void {
    if (!this.isClosed) this.left = this.puts.filter((each) => each.in);
    this.isClosed = true;
    this.settle();
  }

  size(): number {
    return this.puts.filter((each) => each.in).length;
  }

  private enqueue(line: 'puts' | 'takes', signal?: AbortSignal, value?: T): Promise<T | void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise<T | void>((resolve, reject) => {
      const leave = (): void => {
        this[line] = this[line].filter((each) => each !== request);
        request.reject(signal?.reason);
        this.settle();
      };
      const request: Request<T> = {
        value,
        in: false,
        resolve: (result) => {
          signal?.removeEventListener('abort', leave);
          resolve(result);
        },
        reject: (error) => {
          signal?.removeEventListener('abort', leave);
          reject(error);
        },
      };
      signal?.addEventListener('abort', leave);
      if (line === 'puts' && this.isClosed) return request.reject(this.error());
      this[line].push(request);
      this.settle();
    });
  }

  private settle(): void {
    while (this.puts.length > 0 && this.takes.length > 0) {
      const put = this.puts.shift()!;
      if (!put.in) put.resolve();
      this.takes.shift()!.resolve(put.value);
    }
    for (const put of this.puts.slice(0, this.capacity)) {
      if (!put.in) put.resolve();
      put.in = true;
    }
    if (!this.isClosed) return;
    for (const put of this.puts) if (!put.in) put.reject(this.error());
    this.puts = this.puts.filter((each) => each.in);
    for (const take of this.takes.splice(0)) {
      const put = this.left.shift();
      if (put === undefined) take.reject(this.error());
      else take.resolve(put.value);
    }
  }

  private error(): Error {
    return new QueueClosedError('closed');
  }
}
