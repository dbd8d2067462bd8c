// verdict: accepted
// body: accepted/array_queue.mjs
// The control: a right body, and nothing around it.
export { Semaphore } from './body.mjs';
