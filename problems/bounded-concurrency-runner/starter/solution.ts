export type Task<T> = (signal: AbortSignal) => Promise<T> | T;

export interface Options {
  mode?: 'fail-fast' | 'collect';
  signal?: AbortSignal;
}

/** Runs `tasks`, never more than `limit` at a time. */
export async function runWithConcurrency<T>(
  tasks: Task<T>[],
  limit: number,
  { mode = 'fail-fast', signal }: Options = {},
): Promise<T[] | PromiseSettledResult<T>[]> {
  throw new Error('not written yet');
}
