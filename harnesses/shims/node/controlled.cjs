// What the judge controls in a case (PROTOCOL.md, "Controlled inputs"): tasks, promises, signals,
// iterables. `report(state, type, ...pairs)` sends an event; the shim drops it when `state` is not
// the current case any more.
'use strict';

const { types } = require('node:util');
const { append, apply, bareArray, mapGet, ownData, uncurry } = require('./encode.cjs');
const { mapSet, setAdd } = require('./decode.cjs');

const NativePromise = Promise, NativeMap = Map, NativeSet = Set, NativeError = Error;
const NativeAbortController = AbortController;
const { getOwnPropertyDescriptor, getOwnPropertySymbols, hasOwn } = Object;
const { isProxy } = types;
const abortController = uncurry(AbortController.prototype.abort);
const signalOf = uncurry(getOwnPropertyDescriptor(AbortController.prototype, 'signal').get);
const isAborted = uncurry(getOwnPropertyDescriptor(AbortSignal.prototype, 'aborted').get);
const reasonOf = uncurry(getOwnPropertyDescriptor(AbortSignal.prototype, 'reason').get);
const addEventListener = uncurry(EventTarget.prototype.addEventListener);
const removeEventListener = uncurry(EventTarget.prototype.removeEventListener);

const STARTED = 66, ABORTED = 67, INVOKED = 77;
const laterForm = { __proto__: null, how: 'later' };

class Case {
  id;
  inputs = new NativeMap();       // index -> what SETTLE settles
  watched = new NativeMap();      // signal -> our listener and the tasks that were given it
  controllers = bareArray();
  calls = bareArray();            // of each controller: the number of the call it belongs to
  iterables = bareArray();        // how often each was closed early
  given = undefined;              // what BEGIN handed over
  results = new NativeMap();      // number of a call -> what it gave
  constructor(id) {
    this.id = id;
  }
}
const newCase = (id) => new Case(id);


// One that is listened to by the input itself ends it.
function reportAborted(state, index, signal, report) {
  const reason = reasonOf(signal);
  const ended = mapGet(state.inputs, index)?.heed?.(reason) === true;
  report(state, ABORTED, 'case', state.id, 'index', index, 'reason', reason, 'ended', ended);
}

// Reports ABORTED for task `index` when `signal` is aborted; anything that is no AbortSignal is
// ignored.
function watch(state, index, signal, report) {
  if (typeof signal !== 'object' || signal === null) return;
  let aborted;
  try {
    aborted = isAborted(signal);
  } catch {
    return;
  }
  if (aborted) return reportAborted(state, index, signal, report);
  const watched = mapGet(state.watched, signal);
  if (watched !== undefined) return append(watched.tasks, index);
  const tasks = bareArray();
  append(tasks, index);
  const listener = () => {
    if (!isAborted(signal)) return;  // an event that somebody else made
    removeEventListener(signal, 'abort', listener);
    for (let i = 0; i < tasks.length; ++i) reportAborted(state, tasks[i], signal, report);
  };
  mapSet(state.watched, signal, { __proto__: null, listener, tasks });
  addEventListener(signal, 'abort', listener);
}

const rejected = (value) => new NativePromise((resolve, reject) => reject(value));
const fulfilled = (value) => new NativePromise((resolve) => resolve(value));

function makeTask(state, { index, how, value }, report) {
  let pending = bareArray();
  const settle = (ok, result) => {
    const settled = pending;
    pending = bareArray();
    for (let i = 0; i < settled.length; ++i) (ok ? settled[i].resolve : settled[i].reject)(result);
  };
  mapSet(state.inputs, index, { __proto__: null, settle });
  return (signal) => {
    report(state, STARTED, 'case', state.id, 'index', index);
    watch(state, index, signal, report);
    switch (how) {
      case 'returns': return value;
      case 'throws': throw value;
      case 'fulfilled': return fulfilled(value);
      case 'rejected': return rejected(value);
      default: return new NativePromise((resolve, reject) => {
        append(pending, { __proto__: null, resolve, reject });
      });
    }
  };
}

// What a callback `calls`: a method of what call 0 gave.
function callBack(state, { function: name, arguments: given }) {
  const owner = mapGet(state.results, 0);
  const values = bareArray();
  for (let i = 0; i < given.length; ++i) {
    append(values, given[i].given === undefined ? given[i].value : state.given[given[i].given]);
  }
  apply(owner[name], owner, values);
}

// A promise that SETTLE settles; one that `heeds` rejects with the reason when a signal that its
// invocation was given is aborted.
function makeLater(state, index, heeds) {
  return new NativePromise((resolve, reject) => {
    let open = true;
    mapSet(state.inputs, index, {
      __proto__: null,
      settle(ok, result) {
        open = false;
        (ok ? resolve : reject)(result);
      },
      heed(reason) {
        if (!heeds || !open) return false;
        open = false;
        reject(reason);
        return true;
      },
    });
  });
}

// A function whose every invocation is an input of its own: the n-th has the index `first` + n and
// the n-th of `forms`; when they are used up they begin again if all are `plain`, else it settles
// later. One within a call that the callback makes calls nothing: else it would never end.
function makeCallback(state, { first, forms, plain, calls }, report) {
  let invocations = 0, calling = false;
  return (...values) => {
    const index = first + invocations;
    const turn = plain && forms.length > 0 ? invocations % forms.length : invocations;
    const form = turn < forms.length ? forms[turn] : laterForm;
    ++invocations;
    report(state, INVOKED, 'case', state.id, 'index', index, 'arguments', values);
    const later = form.how === 'later' || form.how === 'heeds'
      ? makeLater(state, index, form.how === 'heeds') : undefined;
    for (let i = 0; i < values.length; ++i) watch(state, index, values[i], report);
    switch (form.how) {
      case 'returns': return form.value;
      case 'throws': throw form.value;
      case 'calls':
        if (calling) return form.value;
        calling = true;
        try {
          callBack(state, calls);
        } finally {
          calling = false;
        }
        return form.value;
      default: return later;
    }
  };
}

// An object with `then` whose callbacks SETTLE calls; `how` says what a careless thenable does
// after that.
function makeThenable(state, { index, how }) {
  const waiting = bareArray();
  let outcome;
  const call = (callback, value) => {
    if (typeof callback === 'function') apply(callback, undefined, [value]);
  };
  const answer = (subscriber) => {
    const { ok, value } = outcome;
    const { onFulfilled, onRejected } = subscriber;
    call(ok ? onFulfilled : onRejected, value);
    if (how === 'thenable-twice') call(ok ? onFulfilled : onRejected, 'called a second time');
    if (how === 'thenable-throws') {
      call(ok ? onRejected : onFulfilled, new NativeError('called the other way too'));
    }
  };
  mapSet(state.inputs, index, {
    __proto__: null,
    settle(ok, value) {
      if (outcome !== undefined) return;
      outcome = { __proto__: null, ok, value };
      for (let i = 0; i < waiting.length; ++i) answer(waiting[i]);
    },
  });
  return {
    then(onFulfilled, onRejected) {
      const subscriber = { __proto__: null, onFulfilled, onRejected };
      if (outcome === undefined) append(waiting, subscriber);
      else answer(subscriber);
    },
  };
}

function makePromise(state, fields) {
  const { index, how, value } = fields;
  const settled = { __proto__: null, settle() {} };
  switch (how) {
    case 'fulfilled':
      mapSet(state.inputs, index, settled);
      return fulfilled(value);
    case 'rejected':
      mapSet(state.inputs, index, settled);
      return rejected(value);
    case 'value':
      mapSet(state.inputs, index, settled);
      return value;
    case 'later': return makeLater(state, index, false);
    default: return makeThenable(state, fields);
  }
}

function makeSignal(state, fields) {
  const controller = new NativeAbortController();
  append(state.controllers, controller);
  append(state.calls, fields.call);
  if (fields.state === 'aborted') abortWith(controller, fields.reason);
  return signalOf(controller);
}

function abortWith(controller, reason) {
  if (reason === undefined) abortController(controller);
  else abortController(controller, reason);
}

function* deliver(record, items, throwing, value) {
  let early = true;
  try {
    for (let i = 0; i < items.length; ++i) yield items[i];
    early = false;
    if (throwing) throw value;
  } finally {
    if (early) ++record.closed;
  }
}

// The items are tasks, called one by one when an item is asked for; what a task gives is yielded.
// What it throws ends the iterator by itself.
function* pull(record, tasks) {
  let early = false;
  try {
    for (let i = 0; i < tasks.length; ++i) {
      const item = tasks[i]();
      early = true;
      yield item;
      early = false;
    }
  } finally {
    if (early) ++record.closed;
  }
}

async function* pullAsync(record, tasks) {
  let early = false;
  try {
    for (let i = 0; i < tasks.length; ++i) {
      const item = await tasks[i]();
      early = true;
      yield item;
      early = false;
    }
  } finally {
    if (early) ++record.closed;
  }
}

function makeIterable(state, { of, how, value }) {
  const record = { __proto__: null, closed: 0 };
  append(state.iterables, record);
  if (how === 'array') return of;
  if (how === 'pulled') return pull(record, of);
  if (how === 'pulled-async') return pullAsync(record, of);
  if (how !== 'set') return deliver(record, of, how === 'iterator-throws', value);
  const set = new NativeSet();
  for (let i = 0; i < of.length; ++i) setAdd(set, of[i]);
  return set;
}

const hows = {
  __proto__: null,
  task: { __proto__: null, later: 1, returns: 1, throws: 1, fulfilled: 1, rejected: 1 },
  promise: {
    __proto__: null, later: 1, fulfilled: 1, rejected: 1, value: 1, thenable: 1,
    'thenable-twice': 1, 'thenable-throws': 1,
  },
  iterable: {
    __proto__: null, array: 1, set: 1, generator: 1, 'iterator-throws': 1, pulled: 1,
    'pulled-async': 1,
  },
};

function makeControlled(state, kind, fields, report) {
  if (kind === 'signal') return makeSignal(state, fields);
  if (kind === 'callback') return makeCallback(state, fields, report);
  if (kind === 'given') {
    if (!(fields.index < state.given?.length)) throw 'a given value that BEGIN did not hand over';
    return state.given[fields.index];
  }
  if (hows[kind]?.[fields.how] !== 1) throw `a controlled ${kind} that is made ${fields.how}`;
  if (kind === 'task') return makeTask(state, fields, report);
  return kind === 'promise' ? makePromise(state, fields) : makeIterable(state, fields);
}

function abortAll(state, reason) {
  for (let i = 0; i < state.controllers.length; ++i) abortWith(state.controllers[i], reason);
}

// The n-th signal, from 0, among the arguments of one call.
function abortCall(state, call, n, reason) {
  for (let i = 0; i < state.controllers.length; ++i) {
    if (state.calls[i] === call && n-- === 0) abortWith(state.controllers[i], reason);
  }
}

// Under `kEvents` Node keeps the listeners of an event target: a map from the name of the event to
// a list linked by `next`, in which all but the head have a `listener`.
function findTable() {
  const { signal } = new NativeAbortController();
  const keys = getOwnPropertySymbols(signal);
  for (let i = 0; i < keys.length; ++i) if (keys[i].description === 'kEvents') return keys[i];
  throw new NativeError('the shim does not know the event targets of this Node.js');
}
const table = findTable();

// Abort listeners on one signal, without ours. Read by own data properties; whatever else stands in
// their place could show one thing here, another where events are sent, and counts as a listener.
function countOn(signal, ours) {
  let count = 0;
  try {
    let entry = mapGet(ownData(signal, table), 'abort');
    while (entry !== undefined) {
      if (isProxy(entry)) return count + 1;
      const next = getOwnPropertyDescriptor(entry, 'next');
      if (!hasOwn(next, 'value')) return count + 1;
      entry = next.value;
      if (entry !== undefined && ownData(entry, 'listener') !== ours) ++count;
    }
    return count;
  } catch {
    return count + 1;
  }
}

// Abort listeners on the controlled signals, without our own.
function countListeners(state) {
  let count = 0;
  for (let i = 0; i < state.controllers.length; ++i) {
    const signal = signalOf(state.controllers[i]);
    count += countOn(signal, mapGet(state.watched, signal)?.listener ?? state);
  }
  return count;
}

module.exports = { newCase, makeControlled, abortAll, abortCall, countListeners };
