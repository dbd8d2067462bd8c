// Cases whose decisions were drawn beforehand (PROTOCOL.md, SCRIPT): what is asked for at each rest
// follows from how many inputs run, and from a number. What a case carries stays bytes until its
// turn has come, and what an input is settled with until it is settled.
'use strict';

const { append, bareArray, viewLength } = require('./encode.cjs');
const { Reader, getU32, readRaw, readValue } = require('./decode.cjs');

const STARTED = 66, THREW = 69, FULFILLED = 70, REJECTED = 71;
// How an input is settled, if at all: odd fulfils, even fails; FROM_START: it runs from the start.
const NEVER = 0, FROM_START = 3;
const WEIGHT_OF_ONE = 3;

class Script {
  act;
  name;
  sameTurn;
  inspects;
  next;
  bytes;
  end;
  at = 0;
  // Of the present case.
  cancels = false;
  reason = undefined;
  numbers = undefined;
  inspected = false;
  settled = false;
  ways = bareArray();
  outcomes = bareArray();
  started = bareArray();
  running = bareArray();

  // `act`: what the shim does for a script, as for requests: settle(list), abort(reason),
  // inspect().
  constructor(request, act) {
    this.act = act;
    this.name = request.function;
    this.sameTurn = request.same_turn;
    this.inspects = request.inspect;
    this.next = request.case;
    this.bytes = request.cases;
    this.end = viewLength(request.cases);
  }
}

const hasMoreCases = (script) => script.at < script.end;

// Reads the next case; answers its CALL. `make` makes what is controlled in it.
function nextCase(script, make) {
  const r = new Reader(script.bytes, script.at, script.end, make);
  const call = { __proto__: null, arguments: readValue(r), options: readValue(r) };
  script.cancels = readValue(r);
  script.reason = readRaw(r);
  script.numbers = readRaw(r);
  script.ways = bareArray();
  script.outcomes = bareArray();
  script.started = bareArray();
  script.running = bareArray();
  const count = readValue(r);
  for (let i = 0; i < count; ++i) {
    append(script.ways, readValue(r));
    append(script.outcomes, readRaw(r));
    if (script.ways[i] >= FROM_START) append(script.running, i);
  }
  script.at = r.at;
  script.inspected = script.settled = false;
  ++script.next;
  return call;
}

// An event of the present case.
function note(script, type, pairs) {
  if (type === THREW || type === FULFILLED || type === REJECTED) script.settled = true;
  if (type !== STARTED) return;
  const index = pairs[3];
  if (script.started[index] === true) return;
  script.started[index] = true;
  const way = script.ways[index];
  if (way !== NEVER && way < FROM_START) append(script.running, index);
}

// What lies in `raw`, made now.
const make = (script, raw) => readValue(new Reader(script.bytes, raw.at, raw.end, undefined));

// One of `options`, by the next number; without a choice none is used up.
function choose(script, options) {
  const { numbers } = script;
  if (options === 1 || numbers.at === numbers.end) return 0;
  const number = getU32(script.bytes, numbers.at);
  numbers.at += 4;
  return number % options;
}

function remove(list, at) {
  const item = list[at];
  for (let i = at + 1; i < list.length; ++i) list[i - 1] = list[i];
  --list.length;
  return item;
}

function settleSome(script, count) {
  const list = bareArray();
  for (let i = 0; i < count; ++i) {
    const index = remove(script.running, choose(script, script.running.length));
    const value = make(script, script.outcomes[index]);
    append(list, { __proto__: null, index, ok: script.ways[index] % 2 === 1, value });
  }
  script.act.settle(list);
}

function settleOrCancel(script) {
  const two = script.sameTurn && script.running.length > 1 ? 1 : 0;
  const cancel = script.cancels && !script.settled ? 1 : 0;
  const others = two + cancel;
  const chosen = others === 0 ? 0 : choose(script, WEIGHT_OF_ONE + others);
  if (chosen < WEIGHT_OF_ONE) return settleSome(script, 1);
  if (two === 1 && chosen === WEIGHT_OF_ONE) return settleSome(script, 2);
  script.cancels = false;
  return script.act.abort(make(script, script.reason));
}

// At rest: does what comes next in the present case. What is left to do: nothing, for this rest is
// to be followed by another; the next case; or what only the judge can, who lets time pass.
const ACTED = 0, CASE_OVER = 1, STOPPED = 2;
// `waits`: for a timer, or for ever busy, perhaps with looking at the clock.
function proceed(script, waits) {
  if (script.inspected) return CASE_OVER;
  if (script.running.length > 0) {
    settleOrCancel(script);
    return ACTED;
  }
  if (!script.settled && waits) return STOPPED;
  if (!script.inspects) return CASE_OVER;
  script.inspected = true;
  script.act.inspect();
  return ACTED;
}

module.exports = { ACTED, CASE_OVER, Script, hasMoreCases, nextCase, note, proceed };
