export interface Options {
  quietMs: number;
  maxWaitMs: number;
}

/** Emits each key's last value once the key is quiet, or has waited long enough. */
export class Coalescer<V> {
  constructor(emit: (key: string, value: V) => void, options: Options) {
    throw new Error('not written yet');
  }

  /** Takes a new value for the key. */
  push(key: string, value: V): void {
    throw new Error('not written yet');
  }

  /** Emits what is pending for the key now; says whether there was something. */
  flush(key: string): boolean {
    throw new Error('not written yet');
  }

  /** Drops what is pending for the key; says whether there was something. */
  cancel(key: string): boolean {
    throw new Error('not written yet');
  }
}
