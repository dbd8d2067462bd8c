// fails: all-rejects-first, no-unhandled
// Folds from the left by chaining, so that a promise is looked at only after all before it have
// fulfilled.

type Input<T> = T | PromiseLike<T>;
type Settled<T> = { status: 'fulfilled'; value: T } | { status: 'rejected'; reason: unknown };

export async function all<T>(inputs: Iterable<Input<T>>): Promise<T[]> {
  return [...inputs].reduce<Promise<T[]>>(
    (values, input) => values.then(async (list) => [...list, await input]),
    Promise.resolve([]),
  );
}

export async function allSettled<T>(inputs: Iterable<Input<T>>): Promise<Settled<T>[]> {
  const records = [...inputs].map(async (input): Promise<Settled<T>> => {
    try {
      return { status: 'fulfilled', value: await input };
    } catch (reason) {
      return { status: 'rejected', reason };
    }
  });
  return all(records);
}

export function race<T>(inputs: Iterable<Input<T>>): Promise<T> {
  return new Promise((resolve, reject) => {
    for (const input of inputs) Promise.resolve(input).then(resolve, reject);
  });
}

export function any<T>(inputs: Iterable<Input<T>>): Promise<T> {
  return new Promise((resolve, reject) => {
    const errors: unknown[] = [];
    const list = [...inputs];
    let rejected = 0;
    if (list.length === 0) reject(new AggregateError(errors));
    list.forEach((input, index) => {
      Promise.resolve(input).then(resolve, (error: unknown) => {
        errors[index] = error;
        rejected += 1;
        if (rejected === list.length) reject(new AggregateError(errors));
      });
    });
  });
}
