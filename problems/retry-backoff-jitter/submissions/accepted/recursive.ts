// Recursion; every attempt and every wait has a controller of its own, linked to the caller's signal.
import { setTimeout as sleep } from 'node:timers/promises';

interface Outcome {
  attempts: number;
  elapsed: number;
  outcome: 'fulfilled' | 'rejected' | 'aborted';
}

interface Options {
  retries: number;
  base: number;
  cap: number;
  factor?: number;
  random?: () => number;
  isRetryable?: (error: unknown) => boolean;
  onOutcome?: (outcome: Outcome) => void;
  signal?: AbortSignal;
}

type Operation<T> = (signal?: AbortSignal) => Promise<T> | T;

// Runs `body` with a signal that follows `outer`; rejects with the reason of `outer` at once.
async function linked<T>(outer: AbortSignal | undefined, body: Operation<T>): Promise<T> {
  if (!outer) return body();
  outer.throwIfAborted();
  const inner = new AbortController();
  let follow = (): void => {};
  const left = new Promise<never>((_, reject) => {
    follow = () => {
      reject(outer.reason);
      inner.abort(outer.reason);
    };
  });
  outer.addEventListener('abort', follow);
  try {
    return await Promise.race([left, (async () => body(inner.signal))()]);
  } finally {
    outer.removeEventListener('abort', follow);
  }
}

export async function retry<T>(operation: Operation<T>, options: Options): Promise<T> {
  const { retries, base, cap, factor = 2, random = Math.random, signal } = options;
  if (!Number.isSafeInteger(retries) || Math.sign(retries) < 0) throw new RangeError('retries');
  const start = performance.now();
  let attempts = 0;

  const from = async (left: number, ceiling: number): Promise<T> => {
    try {
      return await linked(signal, (inner) => {
        attempts++;
        return operation(inner);
      });
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (left === 0) throw error;
      if (options.isRetryable && !options.isRetryable(error)) throw error;
    }
    const wait = Math.floor(random() * Math.min(cap, ceiling));
    if (wait > 0) await linked(signal, (inner) => sleep(wait, undefined, { signal: inner }));
    return from(left - 1, ceiling * factor);
  };

  const report = (outcome: Outcome['outcome']): void =>
    options.onOutcome?.({ attempts, elapsed: performance.now() - start, outcome });
  return from(retries, base).then(
    (value) => {
      report('fulfilled');
      return value;
    },
    (error) => {
      report(signal?.aborted ? 'aborted' : 'rejected');
      throw error;
    },
  );
}
