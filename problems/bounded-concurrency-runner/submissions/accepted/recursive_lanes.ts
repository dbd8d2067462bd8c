// Every lane is a function that calls itself for the next task. Failures do not travel up the chain
// of lanes, which grows with every task: they go straight to the call's own promise, so that they
// arrive in the order in which they happened.
type Task<T> = (signal: AbortSignal) => Promise<T> | T;

export function runWithConcurrency<T>(
  tasks: Task<T>[],
  limit: number,
  options: { mode?: 'fail-fast' | 'collect'; signal?: AbortSignal } = {},
): Promise<unknown> {
  if (Math.floor(limit) !== limit || limit < 1) throw new RangeError('limit');
  const { mode, signal } = options;
  if (signal !== undefined && signal.aborted) return Promise.reject(signal.reason);

  const controller = new AbortController();
  const out: unknown[] = Array(tasks.length);
  let taken = 0;

  return new Promise((resolve, reject) => {
    const giveUp = (reason: unknown): void => {
      signal?.removeEventListener('abort', cancelled);
      controller.abort(reason);
      reject(reason);
    };
    const cancelled = (): void => giveUp(signal!.reason);

    const attempt = (task: Task<T>): Promise<T> =>
      new Promise((done) => done(task(controller.signal)));

    const outcome = (task: Task<T>): Promise<unknown> =>
      mode === 'collect'
        ? Promise.allSettled([attempt(task)]).then(([record]) => record)
        : attempt(task).catch(giveUp);

    const lane = (): Promise<void> => {
      if (taken === tasks.length || controller.signal.aborted) return Promise.resolve();
      const mine = taken++;
      return outcome(tasks[mine]!).then((value) => {
        out[mine] = value;
        return lane();
      });
    };

    signal?.addEventListener('abort', cancelled);
    const lanes = tasks.slice(0, limit).map(() => lane());
    void Promise.all(lanes).then(() => {
      signal?.removeEventListener('abort', cancelled);
      resolve(out);
    });
  });
}
