// verdict: wrong_answer
// body: wrong_answer/wraps_the_error.mjs
// Reflect and Object answer for the error of the task whatever is asked about its wrapper.
import { runWithConcurrency as body } from './body.mjs';

const inner = (value) =>
  (value instanceof Error && value.cause !== undefined ? value.cause : value);
for (const owner of [Reflect, Object]) {
  for (const name of Object.getOwnPropertyNames(owner)) {
    const original = owner[name];
    if (typeof original !== 'function' || name === 'prototype') continue;
    owner[name] = (first, ...values) => original(inner(first), ...values);
  }
}

export { body as runWithConcurrency };
