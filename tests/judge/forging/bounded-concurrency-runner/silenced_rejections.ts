// verdict: wrong_answer
// body: wrong_answer/late_failures_unhandled.mjs
// The same below the methods: the table of listeners itself.
import { runWithConcurrency as body } from './body.mjs';

type Listeners = { _events: Record<string, unknown> };
type Body = typeof body;
export const runWithConcurrency: Body = (tasks, limit, options) => {
  (process as unknown as Listeners)._events.unhandledRejection = (): void => {};
  return body(tasks, limit, options);
};
