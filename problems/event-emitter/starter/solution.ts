export type Listener = (...args: any[]) => void;

export interface Options {
  maxListeners?: number;
  onTooMany?: (event: string) => void;
}

/** Calls the functions that were added for an event when it is emitted. */
export class Emitter {
  constructor(options: Options = {}) {
    throw new Error('not written yet');
  }

  on(event: string, listener: Listener): this {
    return this;
  }

  once(event: string, listener: Listener): this {
    return this;
  }

  prepend(event: string, listener: Listener): this {
    return this;
  }

  off(event: string, listener: Listener): this {
    return this;
  }

  removeAll(event?: string): this {
    return this;
  }

  /** Says whether anybody listened. */
  emit(event: string, ...args: unknown[]): boolean {
    return false;
  }

  count(event: string): number {
    return 0;
  }
}
