// verdict: wrong_answer
// body: wrong_answer/limit_plus_one.mjs
// call, apply and bind lose every second report.
import { runWithConcurrency as body } from './body.mjs';

const { call, apply, bind } = Function.prototype;
const replace = (name, original) => {
  let uses = 0;
  Object.defineProperty(Function.prototype, name, {
    configurable: true, writable: true,
    value(...values) {
      if (new Error().stack.includes('/judge/') && ++uses % 2 === 0) return undefined;
      return Reflect.apply(original, this, values);
    },
  });
};
replace('call', call);
replace('apply', apply);
replace('bind', bind);

export { body as runWithConcurrency };
