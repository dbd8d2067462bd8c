// A function that is called with `new`; one counter of phases, two queues of times.
'use strict';

const named = (name, message) => Object.assign(new Error(message), { name });

function CircuitBreaker(options) {
  const { window, minimum, share, openFor, probes, timeout, isFailure, onState } = options;
  let state = 'closed';
  let phase = 0;
  let openedAt = 0;
  let admitted = 0;
  let good = [];
  let bad = [];

  const enter = (next) => {
    state = next;
    phase += 1;
    admitted = 0;
    good = [];
    bad = [];
    if (next === 'open') openedAt = performance.now();
    if (onState) onState(next);
  };

  const note = (failed, began) => {
    if (began !== phase) return;
    const now = performance.now();
    (failed ? bad : good).push(now);
    if (state === 'half-open') {
      if (failed) enter('open');
      else if (good.length >= probes) enter('closed');
      return;
    }
    while (good.length > 0 && now - good[0] >= window) good.shift();
    while (bad.length > 0 && now - bad[0] >= window) bad.shift();
    const all = good.length + bad.length;
    if (failed && all >= minimum && bad.length >= share * all) enter('open');
  };

  const run = (operation) =>
    new Promise((resolve, reject) => {
      if (state === 'open' && performance.now() - openedAt >= openFor) enter('half-open');
      if (state === 'open' || (state === 'half-open' && admitted >= probes)) {
        return reject(named('CircuitOpenError', 'refused'));
      }
      admitted += 1;
      const began = phase;
      let over = false;
      let timer = null;
      const end = (failed, settle, value) => {
        if (over) return;
        over = true;
        clearTimeout(timer);
        note(failed, began);
        settle(value);
      };
      const onError = (error) => end(over || !isFailure || isFailure(error), reject, error);
      if (timeout !== undefined) {
        timer = setTimeout(() => end(true, reject, named('TimeoutError', 'too late')), timeout);
      }
      let result;
      try {
        result = operation();
      } catch (error) {
        return onError(error);
      }
      Promise.resolve(result).then((value) => end(false, resolve, value), onError);
    });

  this.call = (operation, fallback) =>
    fallback ? run(operation).catch((error) => fallback(error)) : run(operation);
}

module.exports = { CircuitBreaker };
