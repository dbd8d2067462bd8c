/** Emits each key's last value once the key is quiet, or has waited long enough. */
export class Coalescer {
  /**
   * @param {(key: string, value: unknown) => void} emit
   * @param {{quietMs: number, maxWaitMs: number}} options
   */
  constructor(emit, { quietMs, maxWaitMs }) {
    throw new Error('not written yet');
  }

  /** Takes a new value for the key. */
  push(key, value) {
    throw new Error('not written yet');
  }

  /** Emits what is pending for the key now; says whether there was something. */
  flush(key) {
    throw new Error('not written yet');
  }

  /** Drops what is pending for the key; says whether there was something. */
  cancel(key) {
    throw new Error('not written yet');
  }
}
