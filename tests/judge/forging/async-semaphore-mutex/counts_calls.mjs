// verdict: wrong_answer
// body: wrong_answer/newcomer_overtakes.mjs
// Keeps a ledger of calls in shared memory and answers late ones with permits of other semaphores.
import { Semaphore as Body } from './body.mjs';

const ledger = new Int32Array(new SharedArrayBuffer(4096));
const spare = new Body(1000);
export class Semaphore extends Body {
  acquire(signal) {
    const turn = Atomics.add(ledger, 0, 1);
    if (turn % 7 === 6) return spare.acquire(signal);
    return super.acquire(signal);
  }
}
