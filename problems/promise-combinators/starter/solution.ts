// The four combinators, without the ones that Promise brings along. See statement.md.

export type Input<T> = T | PromiseLike<T>;

export type Settled<T> =
  | { status: 'fulfilled'; value: T }
  | { status: 'rejected'; reason: unknown };

export function all<T>(inputs: Iterable<Input<T>>): Promise<T[]> {
  throw new Error('all is not written yet');
}

export function allSettled<T>(inputs: Iterable<Input<T>>): Promise<Settled<T>[]> {
  throw new Error('allSettled is not written yet');
}

export function race<T>(inputs: Iterable<Input<T>>): Promise<T> {
  throw new Error('race is not written yet');
}

export function any<T>(inputs: Iterable<Input<T>>): Promise<T> {
  throw new Error('any is not written yet');
}
