// verdict: wrong_answer
// body: wrong_answer/completion_order.mjs
// The results are views of shared memory, in which a worker could still write when they are sent.
import { runWithConcurrency as body } from './body.mjs';

export async function runWithConcurrency(tasks, limit, options) {
  const values = await body(tasks, limit, options);
  return values.map((value) => {
    const bytes = Buffer.from(String(value));
    const view = new Uint8Array(new SharedArrayBuffer(bytes.length));
    view.set(bytes);
    return view;
  });
}
