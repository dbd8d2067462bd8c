// A channel into which the inputs put what became of them; the functions are loops that read it.
type Row<T> = { at: number; ok: true; value: T } | { at: number; ok: false; value: unknown };

class Channel<T> {
  private rows: Row<T>[] = [];
  private wake: () => void = () => {};
  size = 0;

  constructor(inputs: Iterable<T | PromiseLike<T>>) {
    for (const input of inputs) {
      const at = this.size++;
      Promise.resolve(input).then(
        (value) => this.put({ at, ok: true, value: value as T }),
        (value: unknown) => this.put({ at, ok: false, value }),
      );
    }
  }

  private put(row: Row<T>): void {
    this.rows.push(row);
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row<T>, void> {
    for (let read = 0; read < this.size; read++) {
      if (this.rows.length === 0) await new Promise<void>((resolve) => { this.wake = resolve; });
      yield this.rows.shift()!;
    }
  }
}

export async function all<T>(inputs: Iterable<T | PromiseLike<T>>): Promise<T[]> {
  const channel = new Channel(inputs);
  const values = new Array<T>(channel.size);
  for await (const row of channel) {
    if (!row.ok) throw row.value;
    values[row.at] = row.value;
  }
  return values;
}

export async function allSettled<T>(inputs: Iterable<T | PromiseLike<T>>): Promise<unknown[]> {
  const channel = new Channel(inputs);
  const records = new Array<unknown>(channel.size);
  for await (const { at, ok, value } of channel) {
    records[at] = ok ? { status: 'fulfilled', value } : { status: 'rejected', reason: value };
  }
  return records;
}

export async function race<T>(inputs: Iterable<T | PromiseLike<T>>): Promise<T> {
  for await (const row of new Channel(inputs)) {
    if (row.ok) return row.value;
    throw row.value;
  }
  return new Promise<T>(() => {});
}

export async function any<T>(inputs: Iterable<T | PromiseLike<T>>): Promise<T> {
  const channel = new Channel(inputs);
  const errors = new Array<unknown>(channel.size);
  for await (const row of channel) {
    if (row.ok) return row.value;
    errors[row.at] = row.value;
  }
  throw new AggregateError(errors, 'nothing fulfilled');
}
