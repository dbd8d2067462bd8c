export interface Options {
  window: number; // milliseconds
  minimum: number; // outcomes
  share: number; // above 0, at most 1
  openFor: number; // milliseconds
  probes: number;
  timeout?: number; // milliseconds
  isFailure?: (error: unknown) => boolean;
  onState?: (state: 'open' | 'half-open' | 'closed') => void;
}

/** Refuses calls while the service behind it is down. */
export class CircuitBreaker {
  constructor(options: Options) {
    throw new Error('not written yet');
  }

  async call<T>(
    operation: () => Promise<T> | T,
    fallback?: (error: unknown) => Promise<T> | T,
  ): Promise<T> {
    throw new Error('not written yet');
  }
}
