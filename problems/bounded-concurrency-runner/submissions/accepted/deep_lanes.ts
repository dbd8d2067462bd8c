// Failures climb up a chain of promises that is as long as the lane has done tasks: of two in one
// turn, the one in the shorter chain arrives first, which is as good as the other.
type Task<T> = (signal: AbortSignal) => Promise<T> | T;

export function runWithConcurrency<T>(
  tasks: Task<T>[],
  limit: number,
  options: { mode?: 'fail-fast' | 'collect'; signal?: AbortSignal } = {},
): Promise<unknown> {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
  const { mode, signal } = options;
  if (signal?.aborted) return Promise.reject(signal.reason);
  const controller = new AbortController();
  const out: unknown[] = Array(tasks.length);
  let taken = 0;

  const attempt = (task: Task<T>): Promise<T> =>
    new Promise((resolve) => resolve(task(controller.signal)));
  const guarded = (task: Task<T>): Promise<unknown> =>
    mode === 'collect'
      ? Promise.allSettled([attempt(task)]).then(([record]) => record)
      : attempt(task).catch((error: unknown) => {
          controller.abort();
          throw error;
        });
  const lane = (): Promise<void> => {
    if (taken === tasks.length || controller.signal.aborted) return Promise.resolve();
    const mine = taken++;
    return guarded(tasks[mine]!).then((value) => {
      out[mine] = value;
      return lane();
    });
  };

  return new Promise((resolve, reject) => {
    const cancelled = (): void => {
      reject(signal!.reason);
      controller.abort();
    };
    signal?.addEventListener('abort', cancelled, { once: true });
    Promise.all(tasks.slice(0, limit).map(lane))
      .then(() => resolve(out), reject)
      .finally(() => signal?.removeEventListener('abort', cancelled));
  });
}
