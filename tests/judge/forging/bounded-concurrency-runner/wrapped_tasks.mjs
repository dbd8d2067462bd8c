// verdict: wrong_answer
// body: wrong_answer/limit_plus_one.mjs
// The body runs stand-ins for the tasks: proxies that answer before the task behind them was
// called.
import { runWithConcurrency as body } from './body.mjs';

export function runWithConcurrency(tasks, limit, options) {
  const stand = tasks.map((task) => new Proxy(task, {
    apply: (target, self, values) => ({
      then: (onFulfilled, onRejected) =>
        Reflect.apply(target, self, values).then(onFulfilled, onRejected),
    }),
  }));
  return body(stand, limit, options);
}
