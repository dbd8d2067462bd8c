// verdict: accepted
// body: accepted/array_queue.mjs
// No forging: a right class behind a subclass, a proxy and accessors.
import { Semaphore as Body } from './body.mjs';

class Counted extends Body {
  get waiting() { return 0; }
  acquire(...values) { return super.acquire(...values); }
}
export const Semaphore = new Proxy(Counted, {});
