// verdict: security_violation
// body: wrong_answer/never_aborts.mjs
// says: the program wrote to the judge's own channel: answered a request that was not asked
// Writes to the channel what the shim would say if the tasks had been aborted. It counts requests
// to know the number of the one that is being answered: a call is one, and so is a turn in which
// something settles.
import fs from 'node:fs';
import { runWithConcurrency as body } from './body.mjs';

const u32 = (n) => [n & 255, (n >>> 8) & 255, (n >>> 16) & 255, n >>> 24];
const text = (s) => [...u32(s.length), ...Buffer.from(s)];
const int = (n) => [4, ...u32(n), 0, 0, 0, 0];
const frame = (type, sequence, count, fields) =>
  Buffer.from([...u32(10 + fields.length), type, ...u32(sequence), 11, ...u32(count), ...fields]);
const aborted = (sequence, index) => frame(67, sequence, 3,
  [...text('case'), ...int(1), ...text('index'), ...int(index), ...text('reason'), 0]);

let sequence = 1, inTurn = false;
function newTurn() {
  if (inTurn) return;
  inTurn = true;
  ++sequence;
  setImmediate(() => { inTurn = false; });
}
export async function runWithConcurrency(tasks, limit, options = {}) {
  newTurn();
  const running = new Set();
  const watched = tasks.map((task, index) => (signal) => {
    const done = task(signal);
    if (typeof done?.then !== 'function') return done;
    running.add(index);
    const over = () => {
      running.delete(index);
      newTurn();
    };
    done.then(over, over);
    return done;
  });
  options.signal?.addEventListener('abort', newTurn, { once: true });
  try {
    return await body(watched, limit, options);
  } catch (error) {
    for (const index of running) fs.writeSync(3, aborted(sequence, index));
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', newTurn);
  }
}
