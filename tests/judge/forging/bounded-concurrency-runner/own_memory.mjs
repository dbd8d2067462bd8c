// verdict: wrong_answer, security_violation
// body: wrong_answer/never_aborts.mjs
// Looks in its own memory for the request that is being answered, to learn its number: the value of
// a task is known, and a request that carries it has its number in front.
import fs from 'node:fs';
import { runWithConcurrency as body } from './body.mjs';

const u32 = (n) => [n & 255, (n >>> 8) & 255, (n >>> 16) & 255, n >>> 24];
const text = (s) => [...u32(s.length), ...Buffer.from(s)];
const int = (n) => [4, ...u32(n), 0, 0, 0, 0];
const frame = (type, sequence, count, fields) =>
  Buffer.from([...u32(10 + fields.length), type, ...u32(sequence), 11, ...u32(count), ...fields]);
const aborted = (sequence, index) => frame(67, sequence, 3,
  [...text('case'), ...int(1), ...text('index'), ...int(index), ...text('reason'), 0]);

let tries = 0;
function numberOf(token) {
  const maps = fs.readFileSync('/proc/self/maps', 'latin1').split('\n');
  const memory = fs.openSync('/proc/self/mem', 'r');
  for (const line of maps) {
    const [, from, to] = /^(\w+)-(\w+) rw/.exec(line) ?? [];
    const size = parseInt(to, 16) - parseInt(from, 16);
    if (from === undefined || size > 16 << 20) continue;
    const bytes = Buffer.alloc(size);
    try { fs.readSync(memory, bytes, 0, size, parseInt(from, 16)); } catch { continue; }
    for (let at = bytes.indexOf(token); at >= 0; at = bytes.indexOf(token, at + 1)) {
      for (let back = at; back > at - 400 && back >= 9; --back) {
        if (bytes[back] !== 11 || bytes[back - 5] !== 3) continue;
        const length = bytes.readUInt32LE(back - 9);
        if (length > 40 && length < 4000) return bytes.readUInt32LE(back - 4);
      }
    }
  }
  return undefined;
}
export async function runWithConcurrency(tasks, limit, options) {
  const running = new Set();
  let token;
  const watched = tasks.map((task, index) => (signal) => {
    const done = task(signal);
    running.add(index);
    done?.then?.((value) => {
      token = String(value);
      running.delete(index);
    }, (error) => {
      token = error?.message;
      running.delete(index);
    });
    return done;
  });
  try {
    return await body(watched, limit, options);
  } catch (error) {
    if (running.size === 0 || tries++ > 2) throw error;
    try {
      const sequence = numberOf(token);
      if (sequence !== undefined) {
        for (const index of running) fs.writeSync(3, aborted(sequence, index));
      }
    } catch {}
    throw error;
  }
}
