// fails: edges, collect
// Takes it for granted that a task returns a promise: one that throws makes the call itself throw,
// in collect mode too.
'use strict';

exports.runWithConcurrency = function runWithConcurrency(
  tasks,
  limit,
  { mode = 'fail-fast', signal } = {},
) {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit');
  if (signal && signal.aborted) return Promise.reject(signal.reason);
  const controller = new AbortController();
  const results = new Array(tasks.length);
  let next = 0;
  let active = 0;
  let over = false;
  let settle;
  const promise = new Promise((resolve, reject) => (settle = { resolve, reject }));
  const end = (how, value) => {
    if (over) return;
    over = true;
    if (signal) signal.removeEventListener('abort', cancel);
    controller.abort();
    settle[how](value);
  };
  const cancel = () => end('reject', signal.reason);
  const start = (index) => {
    active += 1;
    Promise.resolve(tasks[index](controller.signal))
      .then(
        (value) => {
          results[index] = mode === 'collect' ? { status: 'fulfilled', value } : value;
        },
        (reason) => {
          if (mode !== 'collect') return end('reject', reason);
          results[index] = { status: 'rejected', reason };
        },
      )
      .then(() => {
        active -= 1;
        fill();
      })
      .catch((reason) => end('reject', reason));
  };
  const fill = () => {
    while (!over && active < limit && next < tasks.length) start(next++);
    if (active === 0) end('resolve', results);
  };
  if (signal) signal.addEventListener('abort', cancel);
  try {
    fill();
  } catch (error) {
    end('resolve');
    throw error;
  }
  return promise;
};
