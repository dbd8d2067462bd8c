// fails: any-value
// Asks whether there is an error instead of whether the input rejected: errors that are falsy are
// lost.

type Input<T> = T | PromiseLike<T>;
type Settled<T> = { status: 'fulfilled'; value: T } | { status: 'rejected'; reason: unknown };

interface Slot<T> {
  value?: T;
  error?: unknown;
  settled: boolean;
}

type Changed<T> = (slots: Slot<T>[], latest?: Slot<T>) => void;

function watch<T>(inputs: Iterable<Input<T>>, changed: Changed<T>): void {
  const list = [...inputs];
  const slots: Slot<T>[] = list.map(() => ({ settled: false }));
  list.forEach((input, index) => {
    const settle = (outcome: Omit<Slot<T>, 'settled'>): void => {
      slots[index] = { ...outcome, settled: true };
      changed(slots, slots[index]);
    };
    Promise.resolve(input).then(
      (value) => settle({ value }),
      (error: unknown) => settle({ error }),
    );
  });
  if (list.length === 0) changed(slots);
}

const complete = <T>(slots: Slot<T>[]): boolean => slots.every((slot) => slot.settled);

export function all<T>(inputs: Iterable<Input<T>>): Promise<T[]> {
  return new Promise((resolve, reject) => {
    watch(inputs, (slots, latest) => {
      if (latest?.error) reject(latest.error);
      else if (complete(slots)) resolve(slots.map((slot) => slot.value as T));
    });
  });
}

export function allSettled<T>(inputs: Iterable<Input<T>>): Promise<Settled<T>[]> {
  return new Promise((resolve, reject) => {
    try {
      watch(inputs, (slots) => {
        if (!complete(slots)) return;
        resolve(
          slots.map((slot) =>
            slot.error
              ? { status: 'rejected', reason: slot.error }
              : { status: 'fulfilled', value: slot.value as T },
          ),
        );
      });
    } catch (error) {
      reject(error);
    }
  });
}

export function race<T>(inputs: Iterable<Input<T>>): Promise<T> {
  return new Promise((resolve, reject) => {
    watch(inputs, (_, latest) => {
      if (latest?.error) reject(latest.error);
      else if (latest) resolve(latest.value as T);
    });
  });
}

export function any<T>(inputs: Iterable<Input<T>>): Promise<T> {
  return new Promise((resolve, reject) => {
    watch(inputs, (slots, latest) => {
      if (latest && !latest.error) resolve(latest.value as T);
      else if (complete(slots)) reject(new AggregateError(slots.map((slot) => slot.error)));
    });
  });
}
