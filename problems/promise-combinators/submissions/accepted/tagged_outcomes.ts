// Every input becomes a promise of a tagged outcome, which never rejects; the four functions are
// written in terms of those.

export type Outcome<T> = { ok: true; value: T } | { ok: false; error: unknown };

async function outcome<T>(input: T | PromiseLike<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await input };
  } catch (error) {
    return { ok: false, error };
  }
}

type Step<T> = (settled: Outcome<T>, index: number) => void;

async function observe<T>(inputs: Iterable<T | PromiseLike<T>>, step: Step<T>): Promise<void> {
  const watched: Promise<void>[] = [];
  let index = 0;
  for (const input of inputs) {
    const position = index++;
    watched.push(outcome(input).then((settled) => step(settled, position)));
  }
  for (const promise of watched) await promise;
}

type Run<R> = (resolve: (value: R) => void, reject: (error: unknown) => void) => Promise<void>;

function either<R>(run: Run<R>): Promise<R> {
  return new Promise<R>((resolve, reject) => {
    run(resolve, reject).catch(reject);
  });
}

export const all = <T>(inputs: Iterable<T | PromiseLike<T>>): Promise<T[]> =>
  either<T[]>(async (resolve, reject) => {
    const values: T[] = [];
    await observe(inputs, (settled, index) => {
      if (settled.ok) values[index] = settled.value;
      else reject(settled.error);
    });
    resolve(values);
  });

export const allSettled = async <T>(inputs: Iterable<T | PromiseLike<T>>) => {
  const records: PromiseSettledResult<T>[] = [];
  await observe(inputs, (settled, index) => {
    records[index] = settled.ok
      ? { status: 'fulfilled', value: settled.value }
      : { status: 'rejected', reason: settled.error };
  });
  return records;
};

export const race = <T>(inputs: Iterable<T | PromiseLike<T>>): Promise<T> =>
  either<T>((resolve, reject) =>
    observe(inputs, (settled) => {
      if (settled.ok) resolve(settled.value);
      else reject(settled.error);
    }),
  );

export const any = <T>(inputs: Iterable<T | PromiseLike<T>>): Promise<T> =>
  either<T>(async (resolve, reject) => {
    const errors: unknown[] = [];
    await observe(inputs, (settled, index) => {
      if (settled.ok) resolve(settled.value);
      else errors[index] = settled.error;
    });
    reject(new AggregateError(errors, 'all rejected'));
  });
