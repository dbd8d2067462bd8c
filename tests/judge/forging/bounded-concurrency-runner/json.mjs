// verdict: wrong_answer
// body: wrong_answer/completion_order.mjs
// JSON answers with whatever would please.
import { runWithConcurrency as body } from './body.mjs';

const { stringify } = JSON;
JSON.stringify = (value) => (Array.isArray(value) ? stringify([...value].sort()) : stringify(true));
JSON.parse = () => ({ verdict: 'accepted', ok: true });

export { body as runWithConcurrency };
