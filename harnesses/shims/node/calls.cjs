// The calls of a case (PROTOCOL.md, "Requests"): CALL's only one, or those that DO asks for, on an
// export or on what an earlier call gave. `report` as in controlled.cjs.
'use strict';

const { apply, bareArray, construct, isPromise, mapGet, mapHas } = require('./encode.cjs');
const { mapSet, property } = require('./decode.cjs');
const { abortCall } = require('./controlled.cjs');

const RETURNED = 68, THREW = 69, FULFILLED = 70, REJECTED = 71;

function isThenable(value) {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false;
  try {
    return isPromise(value) || typeof value.then === 'function';
  } catch {
    return true;  // whoever awaits it gets what `then` threw
  }
}

function fulfil(state, call, value, report) {
  mapSet(state.results, call, value);
  report(state, FULFILLED, 'case', state.id, 'call', call, 'value', value);
}

// `await` on a native promise consults neither a patched `then` nor a species.
async function observe(state, call, promise, report) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    return report(state, REJECTED, 'case', state.id, 'call', call, 'error', error);
  }
  fulfil(state, call, value, report);
}

// Calls `target.function` on `target.owner`, or constructs with it, as call number `call`.
function perform(state, call, target, request, report) {
  const { arguments: values, options } = request;
  if (options !== undefined) property(values, values.length, options);
  const isNew = request.new === true;
  let result;
  try {
    result = isNew ? construct(target.function, values)
      : apply(target.function, target.owner, values);
  } catch (error) {
    return report(state, THREW, 'case', state.id, 'call', call, 'error', error);
  }
  const promise = !isNew && isThenable(result);
  report(state, RETURNED, 'case', state.id, 'call', call, 'promise', promise);
  if (promise) observe(state, call, result, report);
  else fulfil(state, call, result, report);
}

// What is called: an export, or of what an earlier call gave a method, or that itself. A method
// that is not there is the affair of the submission: calling it throws.
function find(state, { on, function: name }, exports) {
  if (on < 0) {
    if (exports[name] === undefined) throw 'a function that was not loaded';
    return exports[name];
  }
  if (!mapHas(state.results, on)) throw `call ${on}, which gave nothing`;
  const owner = mapGet(state.results, on);
  if (name === '') return { __proto__: null, function: owner, owner: undefined };
  return { __proto__: null, owner, function: (...values) => apply(owner[name], owner, values) };
}

function settle(state, list, uncaught) {
  for (let i = 0; i < list.length; ++i) {
    const { index } = list[i];
    const input = mapGet(state.inputs, index);
    if (input === undefined) throw `the input ${index}, which does not exist`;
  }
  for (let i = 0; i < list.length; ++i) {
    try {
      mapGet(state.inputs, list[i].index).settle(list[i].ok, list[i].value);
    } catch (error) {
      uncaught(error);  // a callback that the submission gave to a thenable
    }
  }
}

// The steps of one DO, one after the other in one turn. All are looked up before the first is done.
function performAll(state, steps, exports, report, uncaught) {
  const targets = bareArray();
  for (let i = 0; i < steps.length; ++i) {
    if (steps[i].kind === 'call') targets[i] = find(state, steps[i], exports);
    else if (steps[i].kind !== 'settle' && steps[i].kind !== 'abort') {
      throw `a step of kind ${steps[i].kind}`;
    }
  }
  for (let i = 0; i < steps.length; ++i) {
    const step = steps[i];
    if (step.kind === 'call') perform(state, step.call, targets[i], step, report);
    else if (step.kind === 'settle') settle(state, [step], uncaught);
    else abortCall(state, step.call, step.signal, step.reason);
  }
}

module.exports = { isThenable, perform, settle, performAll };
