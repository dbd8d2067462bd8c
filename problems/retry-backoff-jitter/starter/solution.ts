interface Outcome {
  attempts: number;
  elapsed: number; // milliseconds
  outcome: 'fulfilled' | 'rejected' | 'aborted';
}

interface Options {
  retries: number;
  base: number; // milliseconds
  cap: number; // milliseconds
  factor?: number;
  random?: () => number;
  isRetryable?: (error: unknown) => boolean;
  onOutcome?: (outcome: Outcome) => void;
  signal?: AbortSignal;
}

/**
 * Calls `operation` until it succeeds, at most `retries` times more, with capped exponential backoff
 * and full jitter in between.
 */
export async function retry<T>(
  operation: (signal?: AbortSignal) => Promise<T> | T,
  options: Options,
): Promise<T> {
  throw new Error('not written yet');
}
