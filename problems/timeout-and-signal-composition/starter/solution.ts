/** Calls `operation` and settles as it does, unless `ms` pass or `signal` is aborted first. */
export async function withTimeout<T>(
  operation: (signal: AbortSignal) => Promise<T> | T,
  ms: number,
  signal?: AbortSignal,
): Promise<T> {
  throw new Error('not written yet');
}

/** A signal that is aborted with the first of `signals`. */
export function anySignal(...signals: AbortSignal[]): AbortSignal {
  throw new Error('not written yet');
}

/** Fulfils after `ms` milliseconds, or rejects when `signal` is aborted. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  throw new Error('not written yet');
}
