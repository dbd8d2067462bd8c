// fails: any-aggregate-error, any-first-fulfilment
// Takes the length of the sparse array of errors for the number of rejections: the last input alone
// decides.

type Input<T> = T | PromiseLike<T>;
type Settled<T> = { status: 'fulfilled'; value: T } | { status: 'rejected'; reason: unknown };

function observe<T>(
  inputs: Iterable<Input<T>>,
  onValue: (value: T, index: number, size: number) => void,
  onError: (error: unknown, index: number, size: number) => void,
): number {
  const list = Array.from(inputs);
  list.forEach((input, index) => {
    Promise.resolve(input).then(
      (value) => onValue(value, index, list.length),
      (error: unknown) => onError(error, index, list.length),
    );
  });
  return list.length;
}

export async function all<T>(inputs: Iterable<Input<T>>): Promise<T[]> {
  const values: T[] = [];
  let count = 0;
  await new Promise<void>((resolve, reject) => {
    const size = observe(
      inputs,
      (value, index) => {
        values[index] = value;
        if (++count === size) resolve();
      },
      reject,
    );
    if (size === 0) resolve();
  });
  return values;
}

export async function allSettled<T>(inputs: Iterable<Input<T>>): Promise<Settled<T>[]> {
  const records: Settled<T>[] = [];
  let count = 0;
  await new Promise<void>((resolve) => {
    const keep = (record: Settled<T>, index: number): void => {
      records[index] = record;
      if (++count === size) resolve();
    };
    const size = observe(
      inputs,
      (value, index) => keep({ status: 'fulfilled', value }, index),
      (reason, index) => keep({ status: 'rejected', reason }, index),
    );
    if (size === 0) resolve();
  });
  return records;
}

export async function race<T>(inputs: Iterable<Input<T>>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    observe(inputs, resolve, reject);
  });
}

export async function any<T>(inputs: Iterable<Input<T>>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const errors: unknown[] = [];
    const size = observe(inputs, resolve, (error, index, total) => {
      errors[index] = error;
      if (errors.length === total) reject(new AggregateError(errors));
    });
    if (size === 0) reject(new AggregateError(errors));
  });
}
