// verdict: wrong_answer
// body: wrong_answer/never_aborts.mjs
// The other control: a wrong body, and nothing around it.
import { runWithConcurrency as body } from './body.mjs';

export { body as runWithConcurrency };
