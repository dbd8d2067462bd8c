// Counters again, typed, with a small deferred and `for ... of entries`.

type Input<T> = T | PromiseLike<T>;
type Settled<T> = { status: 'fulfilled'; value: T } | { status: 'rejected'; reason: unknown };

interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

function each<T>(
  inputs: Iterable<Input<T>>,
  onValue: (value: T, index: number) => void,
  onError: (error: unknown, index: number) => void,
): number {
  const list = [...inputs];
  for (const [index, input] of list.entries()) {
    Promise.resolve(input).then(
      (value) => onValue(value, index),
      (error: unknown) => onError(error, index),
    );
  }
  return list.length;
}

function guarded<T>(start: (result: Deferred<T>) => void): Promise<T> {
  const result = deferred<T>();
  try {
    start(result);
  } catch (error) {
    result.reject(error);
  }
  return result.promise;
}

export function all<T>(inputs: Iterable<Input<T>>): Promise<T[]> {
  return guarded<T[]>((result) => {
    const values = new Map<number, T>();
    const size = each(
      inputs,
      (value, index) => {
        values.set(index, value);
        if (values.size === size) {
          result.resolve(Array.from({ length: size }, (_, position) => values.get(position) as T));
        }
      },
      result.reject,
    );
    if (size === 0) result.resolve([]);
  });
}

export function allSettled<T>(inputs: Iterable<Input<T>>): Promise<Settled<T>[]> {
  return guarded<Settled<T>[]>((result) => {
    const records: Settled<T>[] = [];
    let settled = 0;
    const keep = (record: Settled<T>, index: number): void => {
      records[index] = record;
      settled += 1;
      if (settled === size) result.resolve(records);
    };
    const size = each(
      inputs,
      (value, index) => keep({ status: 'fulfilled', value }, index),
      (reason, index) => keep({ status: 'rejected', reason }, index),
    );
    if (size === 0) result.resolve([]);
  });
}

export function race<T>(inputs: Iterable<Input<T>>): Promise<T> {
  return guarded<T>((result) => {
    each(inputs, result.resolve, result.reject);
  });
}

export function any<T>(inputs: Iterable<Input<T>>): Promise<T> {
  return guarded<T>((result) => {
    const errors: unknown[] = [];
    let rejected = 0;
    const size = each(inputs, result.resolve, (error, index) => {
      errors[index] = error;
      rejected += 1;
      if (rejected === size) result.reject(new AggregateError(errors));
    });
    if (size === 0) result.reject(new AggregateError([]));
  });
}
