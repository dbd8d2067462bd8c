// verdict: wrong_answer
// body: wrong_answer/waits_for_a_timer.mjs
// Takes the accessors away by which the shim knows of timers, so that Node's own run again, and
// keeps the loop turning until they fire.
import { runWithConcurrency as body } from './body.mjs';

const sample = setTimeout(() => {}, 1);
const prototype = Object.getPrototypeOf(sample);
clearTimeout(sample);
export function runWithConcurrency(tasks, limit, options) {
  delete prototype._idleTimeout;
  delete prototype._onTimeout;
  let turns = 0;
  const turn = () => { if (turns++ < 60) setImmediate(turn); };
  return body(tasks.map((task) => (signal) => {
    const done = task(signal);
    const spin = () => { turns = 0; turn(); };
    done?.then?.(spin, spin);
    return done;
  }), limit, options);
}
