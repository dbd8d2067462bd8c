// verdict: wrong_answer
// body: wrong_answer/never_settles.mjs
// The module itself is a thenable: whoever awaits its import gets something else.
import { runWithConcurrency as body } from './body.mjs';

export function then(resolve) {
  resolve({ runWithConcurrency: async (tasks) => tasks.map(() => undefined), body });
}

export { body as runWithConcurrency };
