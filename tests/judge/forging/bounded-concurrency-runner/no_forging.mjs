// verdict: accepted
// body: accepted/workers.mjs
// The control: a right body, and nothing around it.
import { runWithConcurrency as body } from './body.mjs';

export { body as runWithConcurrency };
