// CommonJS. A semaphore with waiters in order; every task is a small async function that asks it
// for a permit.
'use strict';

class Semaphore {
  #permits;
  #waiters = [];

  constructor(permits) {
    this.#permits = permits;
  }

  acquire() {
    if (this.#permits > 0) {
      this.#permits -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  release() {
    const waiter = this.#waiters.shift();
    if (waiter) waiter();
    else this.#permits += 1;
  }
}

async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (typeof limit !== 'number' || !(limit > 0) || !Number.isInteger(limit)) {
    throw new RangeError(`limit: ${limit}`);
  }
  if (signal && signal.aborted) throw signal.reason;

  const semaphore = new Semaphore(limit);
  const controller = new AbortController();

  return new Promise((resolve, reject) => {
    const giveUp = (reason) => {
      controller.abort(reason);
      reject(reason);
    };
    const cancelled = () => giveUp(signal.reason);
    controller.signal.addEventListener(
      'abort',
      () => signal && signal.removeEventListener('abort', cancelled),
    );
    if (signal) signal.addEventListener('abort', cancelled);

    const perform = async (task) => {
      await semaphore.acquire();
      if (controller.signal.aborted) return undefined;
      try {
        const value = await task(controller.signal);
        semaphore.release();
        return mode === 'collect' ? { status: 'fulfilled', value } : value;
      } catch (reason) {
        if (mode === 'collect') {
          semaphore.release();
          return { status: 'rejected', reason };
        }
        giveUp(reason); // and keeps the permit: nobody shall start now
        return undefined;
      }
    };

    Promise.all(tasks.map(perform)).then((values) => {
      if (signal) signal.removeEventListener('abort', cancelled);
      resolve(values);
    });
  });
}

module.exports = { runWithConcurrency };
