// fails: stops
// Gives the slot back in `finally`, also when the task failed: one more task is started before the
// failure is acted on.
type Task<T> = (signal: AbortSignal) => Promise<T> | T;

export function runWithConcurrency<T>(
  tasks: Task<T>[],
  limit: number,
  { mode = 'fail-fast', signal }: { mode?: 'fail-fast' | 'collect'; signal?: AbortSignal } = {},
): Promise<unknown> {
  if (!Number.isInteger(limit) || limit < 1) return Promise.reject(new RangeError('limit'));
  if (signal?.aborted) return Promise.reject(signal.reason);
  const controller = new AbortController();
  const waiting: Array<() => void> = [];
  let free = limit;

  const limited = (task: Task<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const begin = async (): Promise<void> => {
        free--;
        try {
          resolve(await task(controller.signal));
        } catch (error) {
          reject(error);
        } finally {
          free++;
          if (!controller.signal.aborted) waiting.shift()?.();
        }
      };
      if (free > 0) void begin();
      else waiting.push(begin);
    });

  return new Promise((resolve, reject) => {
    const cancel = (): void => {
      controller.abort();
      reject(signal!.reason);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    const done = tasks.map(limited);
    (mode === 'collect' ? Promise.allSettled(done) : Promise.all(done)).then(
      (values) => {
        signal?.removeEventListener('abort', cancel);
        resolve(values);
      },
      (error) => {
        signal?.removeEventListener('abort', cancel);
        controller.abort();
        reject(error);
      },
    );
  });
}
