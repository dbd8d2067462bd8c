// verdict: wrong_answer
// body: wrong_answer/releases_twice.mjs
// Release functions which hide from the shim: no name, no prototype, properties that throw, `then`
// among them.
import { Semaphore as Body } from './body.mjs';

export class Semaphore extends Body {
  async acquire(signal) {
    const release = await super.acquire(signal);
    Object.setPrototypeOf(release, null);
    return new Proxy(release, {
      get(target, key) {
        if (key === 'then') return undefined;
        throw new Error(`nobody reads ${String(key)}`);
      },
      getOwnPropertyDescriptor: () => { throw new Error('nobody looks'); },
    });
  }
}
