/** A queue of at most `capacity` values, on which both sides can wait. */
export class BoundedQueue<T> {
  constructor(capacity: number) {
    throw new Error('not written yet');
  }

  /** Adds a value at the end; waits as long as there is no room. */
  async put(value: T, signal?: AbortSignal): Promise<void> {
    throw new Error('not written yet');
  }

  /** Removes the first value and resolves to it; waits as long as there is none. */
  async take(signal?: AbortSignal): Promise<T> {
    throw new Error('not written yet');
  }

  /** No more values come; those in the queue can still be taken. */
  close(): void {
    throw new Error('not written yet');
  }

  /** How many values are in the queue. */
  size(): number {
    throw new Error('not written yet');
  }
}
