// AbortSignal.any and timers/promises, where Node has them already.
'use strict';
const { setTimeout: later } = require('node:timers/promises');

const sleep = async (ms, signal) => {
  try {
    await later(ms, undefined, { signal });
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
};

const anySignal = (...signals) => AbortSignal.any(signals);

async function withTimeout(operation, ms, signal) {
  if (signal) signal.throwIfAborted();
  const deadline = new AbortController();
  const own = new AbortController();
  const error = Object.assign(new Error(`timed out after ${ms} ms`), { name: 'TimeoutError' });
  const timer = setTimeout(() => deadline.abort(error), ms);
  const all = signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal;
  try {
    return await new Promise((resolve, reject) => {
      all.onabort = () => {
        own.abort(all.reason);
        reject(all.reason);
      };
      Promise.resolve().then(() => operation(own.signal)).then(resolve, reject);
    });
  } finally {
    all.onabort = null;
    clearTimeout(timer);
  }
}

module.exports = { withTimeout, anySignal, sleep };
