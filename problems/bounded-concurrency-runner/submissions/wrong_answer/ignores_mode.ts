// fails: collect
// There is only fail-fast: `mode` is not looked at.
type Task<T> = (signal: AbortSignal) => Promise<T> | T;

export async function runWithConcurrency<T>(
  tasks: Task<T>[],
  limit: number,
  { signal }: { mode?: string; signal?: AbortSignal } = {},
): Promise<T[]> {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
  signal?.throwIfAborted();
  const results = new Array<T>(tasks.length);
  const inner = new AbortController();
  const queue = tasks.entries();
  const worker = async (): Promise<void> => {
    for (const [index, task] of queue) {
      if (inner.signal.aborted) return;
      try {
        results[index] = await task(inner.signal);
      } catch (error) {
        inner.abort();
        throw error;
      }
    }
  };
  let cancel!: () => void;
  const cancelled = new Promise<never>((_, reject) => {
    cancel = () => {
      inner.abort();
      reject(signal!.reason);
    };
  });
  signal?.addEventListener('abort', cancel);
  try {
    await Promise.race([
      Promise.all(Array.from({ length: Math.min(limit, tasks.length) }, worker)),
      cancelled,
    ]);
    return results;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}
