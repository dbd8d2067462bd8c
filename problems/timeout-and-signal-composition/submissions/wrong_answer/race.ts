// fails: tells-operation, tidy
// The usual snippet: a race with a timer. The loser works on, and the timer of every call stays.
export function withTimeout<T>(
  operation: (signal: AbortSignal) => Promise<T> | T,
  ms: number,
  signal?: AbortSignal,
): Promise<T> {
  if (signal?.aborted) return Promise.reject(signal.reason);
  const late = sleep(ms, signal).then((): never => {
    throw Object.assign(new Error('timeout'), { name: 'TimeoutError' });
  });
  const run = async (): Promise<T> => operation(new AbortController().signal);
  return Promise.race([run(), late]);
}

export function anySignal(...signals: AbortSignal[]): AbortSignal {
  return AbortSignal.any(signals);
}

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort);
  });
}
