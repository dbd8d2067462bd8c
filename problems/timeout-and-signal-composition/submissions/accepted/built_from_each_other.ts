// withTimeout is a race of the operation with a sleep; whoever loses is told through one controller.
export function anySignal(...signals: AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    const follow = (): void => controller.abort(signal.reason);
    if (signal.aborted) {
      follow();
      break;
    }
    signal.addEventListener('abort', follow, { signal: controller.signal });
  }
  return controller.signal;
}

export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const done = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      done.signal.addEventListener('abort', () => clearTimeout(timer));
      signal?.addEventListener('abort', () => reject(signal.reason), { signal: done.signal });
    });
  } finally {
    done.abort();
  }
}

export async function withTimeout<T>(
  operation: (signal: AbortSignal) => Promise<T> | T,
  ms: number,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const inner = new AbortController();
  const over = new AbortController();
  const both = signal ? anySignal(signal, over.signal) : over.signal;
  const late = sleep(ms, both).then(
    () => {
      throw new DOMException('The operation took too long', 'TimeoutError');
    },
    () => {
      throw signal?.reason;
    },
  );
  late.catch((reason) => inner.abort(reason));
  try {
    return await Promise.race([late, (async () => operation(inner.signal))()]);
  } finally {
    over.abort();
  }
}
