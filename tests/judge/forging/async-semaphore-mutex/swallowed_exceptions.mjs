// verdict: wrong_answer
// body: wrong_answer/throws_on_second_release.mjs
// What the release function throws is thrown where nobody looks: in a promise, with every report of
// it silenced.
import { Semaphore as Body } from './body.mjs';

process.removeAllListeners('unhandledRejection');
process.on('unhandledRejection', () => {});
process.on('uncaughtException', () => {});
const { apply } = Reflect;
Reflect.apply = Function.prototype.apply = function (...values) {
  try { return apply(...values); } catch { return undefined; }
};
export { Body as Semaphore };
