// Many calls in one request (PROTOCOL.md, BATCH): case after case, call after call. A call that
// gives a promise is waited for before the next is made. `report` as in controlled.cjs, and
// `isCurrent` tells whether the judge still waits for this batch.
'use strict';

const { apply, bareArray } = require('./encode.cjs');
const { property } = require('./decode.cjs');
const { isThenable } = require('./calls.cjs');

const OUTCOME = 79;
const RETURNED = 0, THREW = 1, FULFILLED = 2, REJECTED = 3;

// What a call did, as it was at that moment.
function tell(batch, state, value, values) {
  if (state === RETURNED || state === FULFILLED) batch.results[batch.call] = value;
  else batch.failed[batch.call] = true;
  batch.report(batch.state, OUTCOME, 'case', batch.state.id + batch.at, 'call', batch.call,
    'state', state, 'value', value, 'after', batch.look ? values : undefined);
}

async function proceedWhenSettled(batch, promise, values) {
  let state = FULFILLED, value;
  try {
    value = await promise;
  } catch (error) {
    state = REJECTED;
    value = error;
  }
  if (!batch.isCurrent()) return;
  tell(batch, state, value, values);
  ++batch.call;
  proceed(batch);
}

// Puts results of earlier calls among the arguments; false: one of them gave nothing.
function fillIn(batch, values, from) {
  for (let i = 0; i + 1 < from.length; i += 2) {
    if (batch.failed[from[i + 1]]) return false;
    property(values, from[i], batch.results[from[i + 1]]);
  }
  return true;
}

// Makes the call; true when the next may follow at once.
function make(batch, call) {
  const target = batch.targets[call[0]], values = call[1], options = call[2];
  if (!fillIn(batch, values, call[3])) {
    batch.failed[batch.call] = true;
    return true;
  }
  if (options !== undefined) property(values, values.length, options);
  let result;
  try {
    result = apply(target.function, target.owner, values);
  } catch (error) {
    tell(batch, THREW, error, values);
    return true;
  }
  if (isThenable(result)) {
    proceedWhenSettled(batch, result, values);
    return false;
  }
  tell(batch, RETURNED, result, values);
  return true;
}

function proceed(batch) {
  for (; batch.at < batch.cases.length; ++batch.at) {
    const calls = batch.cases[batch.at];
    for (; batch.call < calls.length; ++batch.call) {
      if (!make(batch, calls[batch.call])) return;
    }
    batch.call = 0;
    batch.results = bareArray();
    batch.failed = bareArray();
  }
}

function performBatch(state, request, exports, report, isCurrent) {
  const { functions, cases, look } = request;
  const targets = bareArray();
  for (let i = 0; i < functions.length; ++i) {
    if (exports[functions[i]] === undefined) throw 'a function that was not loaded';
    targets[i] = exports[functions[i]];
  }
  proceed({
    __proto__: null, state, targets, cases, look, report, isCurrent,
    at: 0, call: 0, results: bareArray(), failed: bareArray(),
  });
}

module.exports = { performBatch };
