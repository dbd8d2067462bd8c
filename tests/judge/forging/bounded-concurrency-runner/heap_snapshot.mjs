// verdict: wrong_answer
// body: wrong_answer/never_aborts.mjs
// Takes a snapshot of the heap, numbers included, to learn the number of the request that is being
// answered.
import fs from 'node:fs';
import v8 from 'node:v8';
import { runWithConcurrency as body } from './body.mjs';

const u32 = (n) => [n & 255, (n >>> 8) & 255, (n >>> 16) & 255, n >>> 24];
const text = (s) => [...u32(s.length), ...Buffer.from(s)];
const int = (n) => [4, ...u32(n), 0, 0, 0, 0];
const frame = (type, sequence, count, fields) =>
  Buffer.from([...u32(10 + fields.length), type, ...u32(sequence), 11, ...u32(count), ...fields]);
const aborted = (sequence, index) => frame(67, sequence, 3,
  [...text('case'), ...int(1), ...text('index'), ...int(index), ...text('reason'), 0]);

let tries = 0;
function numbers() {
  const found = new Set();
  if (tries++ > 1) return found;
  try {
    const path = '/tmp/forged.heapsnapshot';
    v8.writeHeapSnapshot(path, { exposeInternals: true, exposeNumericValues: true });
    const { snapshot, edges, nodes, strings } = JSON.parse(fs.readFileSync(path, 'utf8'));
    const { node_fields: fields } = snapshot.meta;
    for (let at = 0; at < edges.length; at += 3) {
      if (strings[edges[at + 1]] !== 'sequence') continue;
      const name = strings[nodes[edges[at + 2] + fields.indexOf('name')]];
      if (/^\d+$/.test(name)) found.add(Number(name));
    }
  } catch {}
  return found;
}
export async function runWithConcurrency(tasks, limit, options) {
  const running = new Set();
  const watched = tasks.map((task, index) => (signal) => {
    const done = task(signal);
    running.add(index);
    done?.then?.(() => running.delete(index), () => running.delete(index));
    return done;
  });
  try {
    return await body(watched, limit, options);
  } catch (error) {
    for (const sequence of running.size > 0 ? numbers() : []) {
      for (const index of running) fs.writeSync(3, aborted(sequence, index));
    }
    throw error;
  }
}
