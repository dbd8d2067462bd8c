// verdict: wrong_answer
// body: wrong_answer/never_aborts.mjs
// Tells whoever listens to a task's signal that it was aborted, and never aborts it.
import { runWithConcurrency as body } from './body.mjs';

export async function runWithConcurrency(tasks, limit, options = {}) {
  const signals = new Set();
  const seen = tasks.map((task) => (signal) => {
    signals.add(signal);
    return task(signal);
  });
  const tell = () => { for (const signal of signals) signal.dispatchEvent(new Event('abort')); };
  options.signal?.addEventListener('abort', tell);
  try {
    return await body(seen, limit, options);
  } catch (error) {
    tell();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', tell);
  }
}
