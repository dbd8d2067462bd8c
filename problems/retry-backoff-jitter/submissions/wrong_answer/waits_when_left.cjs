// fails: cancels, reaches-attempt, tidy, reports
// An attempt that fails after the abort still begins a wait, and another attempt.
'use strict';

function retry(operation, options) {
  const { retries, base, cap, factor = 2, random = Math.random } = options;
  const { isRetryable, onOutcome, signal } = options;
  if (!(retries >= 0) || retries % 1 !== 0) throw new RangeError(`retries: ${retries}`);
  const began = Date.now();
  return new Promise((resolve, reject) => {
    let attempts = 0;
    let over = false;
    let timer;
    const finish = (outcome, settle, value) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      if (signal) signal.removeEventListener('abort', onAbort);
      settle(value);
      if (onOutcome) onOutcome({ attempts, elapsed: Date.now() - began, outcome });
    };
    const onAbort = () => finish('aborted', reject, signal.reason);
    const onFailure = (error) => {
      if (attempts > retries || (isRetryable && !isRetryable(error))) {
        return finish('rejected', reject, error);
      }
      const ceiling = base * factor ** (attempts - 1);
      timer = setTimeout(attempt, random() * Math.min(cap, ceiling));
    };
    const onSuccess = (value) => finish('fulfilled', resolve, value);
    const attempt = () => {
      attempts += 1;
      let result;
      try {
        result = operation(signal);
      } catch (error) {
        return onFailure(error);
      }
      Promise.resolve(result).then(onSuccess, onFailure);
    };
    if (signal && signal.aborted) return onAbort();
    if (signal) signal.addEventListener('abort', onAbort);
    attempt();
  });
}

module.exports = { retry };
