/** Calls the functions that were added for an event when it is emitted. */
export class Emitter {
  /** @param {{maxListeners?: number, onTooMany?: (event: string) => void}} [options] */
  constructor({ maxListeners = 10, onTooMany } = {}) {
    throw new Error('not written yet');
  }

  on(event, listener) {
    return this;
  }

  once(event, listener) {
    return this;
  }

  prepend(event, listener) {
    return this;
  }

  off(event, listener) {
    return this;
  }

  removeAll(event) {
    return this;
  }

  /** Says whether anybody listened. */
  emit(event, ...args) {
    return false;
  }

  count(event) {
    return 0;
  }
}
