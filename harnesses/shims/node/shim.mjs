// The Node shim: loads a submission, hands it what the judge controls, reports what it sees
// (PROTOCOL.md). How it rests: everything happens inside one callback of the event loop. A request
// is handled, the queues of ticks and microtasks are run dry, and unless immediates or the thread
// pool need the loop to turn, the answer is written and the next request read with blocking calls.
// The submission's timers run on a clock of ours (clock.cjs).
import { AsyncResource } from 'node:async_hooks';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import timers from 'node:timers';
import { pathToFileURL } from 'node:url';

// Our own files are CommonJS because that cache can be emptied: a module that a submission could
// import too would hand it what we share among each other.
const require = createRequire(import.meta.url);
require('./no_debugger.cjs');
const {
  look, loopEvents, mayHaveMessages, mayUsePool, mayWorkElsewhere,
} = require('./elsewhere.cjs');
const { CHANNEL, flush, nextRequest, pack, send, sendPacked } = require('./channel.cjs');
const { bareArray, forgetKnown, uncurry } = require('./encode.cjs');
const { Reader, readPayload } = require('./decode.cjs');
const { performBatch } = require('./batch.cjs');
const {
  ACTED, CASE_OVER, Script, hasMoreCases, nextCase, note, proceed,
} = require('./script.cjs');
const { perform, performAll, settle } = require('./calls.cjs');
const { abortAll, countListeners, makeControlled, newCase } = require('./controlled.cjs');
const {
  beginRequest, fireOne, hasPassed, hasTimers, nextDue, passTime, takeTicks, tickedMuch,
} = require('./clock.cjs');
const { forget, hasUnhandled, tellUnhandled, watchProcess } = require('./reports.cjs');
for (const path of Object.keys(require.cache)) delete require.cache[path];

const LOAD = 1, CALL = 2, SETTLE = 3, ABORT = 4, WAIT = 5, INSPECT = 6, BEGIN = 7, DO = 8;
const GO_ON = 9, BATCH = 10, SCRIPT = 11;
const READY = 64, LOAD_FAILED = 65;
const UNHANDLED = 72, UNCAUGHT = 73, REST = 74, OBSERVED = 75, REFUSED = 76;
const PAUSED = 78;
const MAX_SCRIPTED = 2 * 1024 * 1024;  // bytes of events, after which a script begins no case
// Turns of the event loop that immediates may ask for until the answer is `busy`; turns granted to
// ports and sockets, whose pending messages nothing tells of: after the last event where the loop
// counts them, else at most.
const MAX_TURNS = 64, TURNS_WITHOUT_EVENT = 4, QUIET_TURNS = 16;
// What never rests may be looking at the clock: in a WAIT that idles it gets a millisecond, and so
// many turns, again and again.
// Where it may be rough, each time a part more of what has passed.
const BUSY_MS = 1, BUSY_TURNS = 4, ROUGH_PART = 64;
// For the thread pool in real time: a quiet round counts 100, a round of ours takes two ids.
const POOL_ROUNDS = 400, OWN_IDS = 2;

// ---- captured before the submission can patch anything ----

const { fstat } = fs;
const { setImmediate } = timers;
const { version, reallyExit } = process;
const tick = process._tickCallback;
const includes = uncurry(String.prototype.includes), split = uncurry(String.prototype.split);
const NativeError = Error, NativeSyntaxError = SyntaxError;
const isInstance = uncurry(Function.prototype[Symbol.hasInstance]);
const NativeAsyncResource = AsyncResource, asyncId = uncurry(AsyncResource.prototype.asyncId);
const nextAsyncId = () => asyncId(new NativeAsyncResource('shim'));
const probe = setImmediate(() => {});
const unrefImmediate = uncurry(Object.getPrototypeOf(probe).unref);

// An event of a case; those of earlier cases are dropped.
function report(state, type, ...pairs) {
  if (state !== current) return;
  if (script !== undefined) note(script, type, pairs);
  tell(type, pairs);
}

function tell(type, pairs) {
  told = true;
  if (script === undefined) send(type, pairs);
  else scripted += pack(type, pairs);
}

// ---- rest ----

let loading;                 // while LOAD is under way: its outcome
let serving = false, refused = false;
let waiting = 0;             // milliseconds that a WAIT still grants
let idling = false;          // and whether all of them are to pass
let rough = false, given = 0;  // how, to who turns; what has been given in this WAIT
let turns = 0, quiet = 0, events = -1, rounds = 0, lastId = 0, busy = false;
let told = false;            // an event since the request came
let script;                  // while SCRIPT is under way
let scripted = 0;            // bytes of its events
let pauses = false;          // the judge tells when other threads have come to rest
let loopEnded = false;       // the loop had nothing left to do but what is unreferenced

// Ways back into `run`. Only the one taken last counts; the tickets of the others are void.
let ticket = 0;
function resume() {
  const mine = ++ticket;
  return () => { if (mine === ticket) run(); };
}
const nextTurn = () => setImmediate(resume());
// After the loop has slept until something happened, and a turn more; does not keep the loop from
// ending.
function afterSleep() {
  const back = resume();
  unrefImmediate(setImmediate(() => setImmediate(back)));
}

// Grants turns for what may lie in ports and sockets of this thread until nothing comes any more.
function listens() {
  const now = loopEvents();
  if (now !== undefined && now !== events) quiet = 0;
  events = now;
  return quiet++ < (now === undefined ? QUIET_TURNS : TURNS_WITHOUT_EVENT);
}

// Asks the judge to wait until all other threads sleep; whether any of them has run since it was
// last asked.
function pause() {
  send(PAUSED, []);
  flush();
  const { type, bytes, start, end } = nextRequest();
  if (type !== GO_ON) reallyExit(70);
  return readPayload(new Reader(bytes, start, end, undefined)).news === true;
}

// Waits for the thread pool in real time, until the loop ends. A timer keeps it from ending: then
// calls are sent through the pool (of one thread) behind all others, until four came back without
// anything new in between: nothing else asked for an id of an asynchronous operation.
function poolMayBeBusy(seen) {
  if (seen.timers + seen.others === 0) {
    afterSleep();
    return true;
  }
  const id = nextAsyncId();
  rounds += id - lastId > OWN_IDS ? 1 : 100;
  if (rounds > POOL_ROUNDS) return false;
  lastId = id;
  fstat(CHANNEL, resume());
  return true;
}

// At rest, or to be looked at again now, or to come back later: then `run` was scheduled.
const AT_REST = 0, AGAIN = 1, LATER = 2;
function whatNext() {
  if (fireOne()) return AGAIN;
  const seen = look();
  const unfinished = loading !== undefined && !loading.done;
  // Before the loop turns, so that it finds the same in every run.
  const news = pauses && mayWorkElsewhere(seen) && pause();
  if (seen.immediates > 0) {
    busy = turns++ >= MAX_TURNS && !unfinished;
    if (busy && !goOnThoughBusy()) return AT_REST;
    nextTurn();
    return LATER;
  }
  busy = false;
  if (news || (mayHaveMessages(seen) && listens())) {
    nextTurn();
    return LATER;
  }
  if (seen.requests > 0) {
    afterSleep();
    return LATER;
  }
  if (!pauses && mayUsePool() && !loopEnded && poolMayBeBusy(seen)) return LATER;
  if (unfinished) {
    if (passTime(Infinity, false) > 0) return AGAIN;
    afterSleep();  // or loading finishes, or the loop ends
    return LATER;
  }
  return goOnWaiting() ? AGAIN : AT_REST;
}

// A WAIT ends with the first timer, one that idles with the first that had anything to tell: what
// ticks for nobody costs no answer, until it ticks too often.
function goOnWaiting() {
  const left = idling && (told || hasUnhandled() || tickedMuch()) ? 0 : waiting;
  const passed = left > 0 ? passTime(left, idling) : 0;
  waiting = idling ? left - passed : 0;
  return passed > 0;
}

function goOnThoughBusy() {
  if (!idling || waiting === 0) return false;
  const part = rough ? given / ROUGH_PART | 0 : 0;
  const step = part > BUSY_MS ? part : BUSY_MS;
  const passed = passTime(waiting < step ? waiting : step, true);
  given += passed;
  waiting -= passed;
  turns -= BUSY_TURNS;
  return !told && !hasUnhandled() && !tickedMuch();
}

const noneDue = { __proto__: null, due: null, next: null };

const reportUnhandled = () => tellUnhandled(tick, (reason) => tell(UNHANDLED, ['error', reason]));

function close() {
  reportUnhandled();
  if (loading !== undefined) closeLoading();
  else if (!refused) {
    const { own, older } = hasTimers();
    const { due, next } = own || older ? nextDue() : noneDue;
    // Where the judge tells when threads rest, it has told so, or none was needed.
    send(REST, ['timers', own, 'older', older, 'ticks', takeTicks(), 'busy', busy, 'due', due,
      'next', next, 'alone', pauses && !busy]);
  }
  flush();
}

function serve({ type, bytes, start, end }) {
  try {
    const make = (kind, fields) => makeControlled(current, kind, fields, report);
    handle(type, new Reader(bytes, start, end, make));
  } catch (error) {
    refuse(typeof error === 'string' ? error : 'a request that the shim failed on');
  }
}

function beginAct() {
  turns = quiet = rounds = 0;
  events = -1;
  busy = refused = loopEnded = told = false;
}

// At rest within a script: whether it has something more to do.
function goesOn() {
  reportUnhandled();
  const { own, older } = hasTimers();
  const waits = own || older || busy;
  tell(REST, ['timers', own, 'older', older, 'ticks', takeTicks(), 'busy', busy]);
  beginAct();
  beginRequest(false);
  try {
    const next = proceed(script, waits);
    if (next === ACTED || (next === CASE_OVER && beginScripted())) return true;
  } catch (error) {
    refuse(typeof error === 'string' ? error : 'a script that the shim failed on');
  }
  endScript();
  return false;
}

function endScript() {
  script = undefined;
  sendPacked();
}

// The only way in from the event loop.
function run() {
  let finished = false;
  ++ticket;
  try {
    for (;;) {
      tick();
      const next = whatNext();
      if (next === AGAIN) continue;
      if (next === LATER) break;
      if (script !== undefined && goesOn()) continue;
      if (serving) close();
      serving = true;
      beginAct();
      serve(nextRequest());
    }
    finished = true;
  } finally {
    if (!finished) nextTurn();  // a tick threw: it is reported as uncaught, then the rest must run
  }
}

// ---- requests ----

let current = newCase(-1);
const functions = { __proto__: null };
let loaded = false;

function refuse(reason) {
  refused = true;
  endScript();
  send(REFUSED, ['reason', reason]);
}

function handle(type, reader) {
  const isFirst = type === CALL || type === BEGIN || type === BATCH;
  beginRequest(isFirst);
  if (isFirst) {
    current = newCase(-1);
    forgetKnown();
  }
  const request = readPayload(reader);
  if (type === LOAD) {
    if (loaded) throw 'a second submission';
    loaded = true;
    return void startLoading(request);
  }
  if (type === SCRIPT) return void startScript(request);
  if (isFirst) begin(request.case);
  if (request.case !== current.id) throw `case ${request.case}, which is not the current one`;
  switch (type) {
    case CALL: return call(request);
    case BEGIN:
      current.given = request.given;
      return undefined;
    case DO:
      return performAll(current, request.steps, functions, report, sendUncaught);
    case BATCH: return batch(request);
    case SETTLE: return settle(current, request.settle, sendUncaught);
    case ABORT: return abortAll(current, request.reason);
    case WAIT:
      hasPassed(request.passed ?? 0);
      waiting = request.ms;
      idling = request.idle === true;
      rough = request.rough === true;
      given = 0;
      return undefined;
    case INSPECT: return inspect();
    default: throw `a request of type ${type}`;
  }
}

function call(request) {
  const target = functions[request.function];
  if (target === undefined) throw 'a function that was not loaded';
  perform(current, 0, target, request, report);
}

function batch(request) {
  const state = current;
  performBatch(state, request, functions, report, () => state === current);
}

function startScript(request) {
  script = new Script(request, {
    __proto__: null,
    settle: (list) => settle(current, list, sendUncaught),
    abort: (reason) => abortAll(current, reason),
    inspect,
  });
  scripted = 0;
  beginScripted();
}

// Begins the next case of the script, if it has one and may answer more.
function beginScripted() {
  if (!hasMoreCases(script) || scripted > MAX_SCRIPTED) return false;
  beginRequest(true);
  current = newCase(-1);
  forgetKnown();
  const id = script.next;
  const request = nextCase(script, (kind, fields) => makeControlled(current, kind, fields, report));
  begin(id);
  tell(CALL, ['number', id]);
  request.function = script.name;
  call(request);
  return true;
}

const sendUncaught = (error) => tell(UNCAUGHT, ['error', error]);

// The request has been read: its values belong to the case that begins.
function begin(id) {
  current.id = id;
  forget();
}

function inspect() {
  const closed = bareArray();
  for (let i = 0; i < current.iterables.length; ++i) closed[i] = current.iterables[i].closed;
  const listening = countListeners(current);
  report(current, OBSERVED, 'case', current.id, 'listeners', listening, 'closed', closed);
}

// ---- loading ----

async function startLoading({ path, exports: names, pauses: may }) {
  pauses = may === true;
  const state = {
    __proto__: null, done: false, path, names, failed: false, error: undefined, module: undefined,
  };
  loading = state;
  try {
    state.module = await import(pathToFileURL(path).href);
  } catch (error) {
    state.failed = true;
    state.error = error;
  }
  if (state.done) return;  // given up before
  state.done = true;
  nextTurn();
}

function closeLoading() {
  const { failed, error, path, names, module } = loading;
  loading = undefined;
  if (failed) {
    const syntax = isInstance(NativeSyntaxError, error) && !ranIn(error, path);
    const phase = syntax ? 'syntax' : 'execution';
    return send(LOAD_FAILED, ['phase', phase, 'error', error, 'missing', []]);
  }
  const missing = bareArray();
  for (let i = 0; i < names.length; ++i) {
    const found = find(module, names[i], names.length === 1);
    if (found === undefined) missing[missing.length] = names[i];
    else functions[names[i]] = found;
  }
  if (missing.length === 0) return send(READY, ['runtime', `Node.js ${version}`]);
  send(LOAD_FAILED, ['phase', 'missing_export', 'error', undefined, 'missing', missing]);
}

// Whether a stack frame lies in the submission: then it ran, and it was no syntax error of its own.
function ranIn(error, path) {
  const { stack } = error;
  if (typeof stack !== 'string') return false;
  const lines = split(stack, '\n    at ');
  for (let i = 1; i < lines.length; ++i) if (includes(lines[i], path)) return true;
  return false;
}

// A named export, else a property of the default export (CommonJS), else, for an only one, the
// default export itself.
function find(module, name, only) {
  const entry = (owner, value) => (
    typeof value === 'function' ? { __proto__: null, function: value, owner } : undefined
  );
  try {
    const named = entry(undefined, module[name]);
    if (named !== undefined) return named;
    const fallback = module.default;
    if (fallback === undefined || fallback === null) return undefined;
    const method = entry(fallback, fallback[name]);
    return method ?? (only ? entry(undefined, fallback) : undefined);
  } catch {
    return undefined;
  }
}

// ---- the end of the loop ----

// The loop would end the process here: nothing is left to happen.
function onLoopEnd() {
  loopEnded = true;
  if (loading !== undefined && !loading.done) {
    loading.done = loading.failed = true;
    loading.error = new NativeError('the module never finishes loading: its top-level await waits '
      + 'for something that cannot happen');
  }
  nextTurn();
}

watchProcess(onLoopEnd, sendUncaught);
nextTurn();
