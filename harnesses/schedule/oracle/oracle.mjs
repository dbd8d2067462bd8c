// The oracle: evaluates predicates over recorded traces. Runs behind the ordinary shim in a sandbox
// of its own; what it evaluates was written by the problem's author, what it evaluates it over was
// said by the submission.
import { Calls } from './call_views.mjs';
import { CaseView } from './case_view.mjs';
import { compileCasePredicates, compilePredicates } from './predicate.mjs';
import { forgetRemarks, remarks, uniform } from './statistics.mjs';
import { forgetNames, isError, nameObject, revive, same, show } from './values.mjs';

let predicates = [];

// Replaces the predicates. Answers the problems with them, and which trace names any of them uses.
export function compile(request) {
  const { compiled, problems } = compilePredicates(request);
  predicates = compiled;
  return { problems, names: [...new Set(compiled.flatMap((p) => p.parameters))] };
}

// The same for predicates of the property harness; `names` are those and the properties in use.
let caseNames = {};
export function compileProperty(request) {
  const { compiled, problems } = compileCasePredicates(request);
  predicates = compiled;
  caseNames = { given: request.given, calls: request.calls };
  return { problems, names: [...new Set(compiled.flatMap((p) => p.used))] };
}

class TraceView {
  constructor(request) {
    this.events = request.events;
    const known = new Map();
    forgetNames(request.tokens);
    for (const [id, label] of request.known) {
      const made = Object.freeze(Object.assign(Object.create(null), { id }));
      known.set(id, made);
      nameObject(made, label);
    }
    this.value = (described) => revive(described, known);
    this.times = request.times;
    this.operations = request.operations;
    if (request.operations.length > 0) this.calls = new Calls(request, this.value, nameObject);
    this.inputs = request.inputs.map((each, index) => this.input(each, index));
    this.callbacks = new Map();
    request.given.forEach(([name, drawn], i) => {
      if (Array.isArray(drawn) && drawn[0] === 'callback') this.callbacks.set(name, i);
    });
    for (const each of this.inputs) nameObject(each, this.nameOf(each, request.given));
    const atCall = this.inputs.filter((each) => each.kind === 'promise');
    this.state = {
      running: atCall.filter((each) => !each.settled),
      started: atCall,
      finished: [],
      starts: 0,
      time: 0,
      returned: false,
      returnedPromise: false,
      threw: false,
      settled: false,
      fulfilled: false,
      rejected: false,
      settledAt: undefined,
      result: undefined,
      error: undefined,
      failures: [],
      cancelled: request.cancelled_before,
      cancelledAt: request.cancelled_before ? 0 : undefined,
      cancelReason: this.value(request.cancel_reason),
      iteratorError: this.value(request.iterator_error),
      unhandled: [],
      uncaught: [],
      listeners: request.listeners,
      closed: request.closed,
      stuck: request.stuck,
      timers: false,
      now: 0,
      language: request.language,
      same,
      isError,
      uniform,
    };
    for (const each of atCall) if (each.settled) this.finish(each);
    for (const [name, drawn] of request.given) {
      this.state[name] =
        Array.isArray(drawn) && drawn[0] === 'inputs'
          ? this.inputs.slice(drawn[1], drawn[1] + drawn[2])
          : this.value(drawn);
    }
  }

  input([kind, how, fails, value, error, callback, number, given], index) {
    const made = kind === 'promise';
    const already = made && ['fulfilled', 'rejected', 'value'].includes(how);
    return {
      kind,
      index,
      how,
      fails,
      value: this.value(value),
      error: this.value(error),
      started: made,
      startedAt: made ? 0 : undefined,
      settled: already,
      settledAt: already ? index - 1000000 : undefined,
      failed: false,
      aborted: false,
      abortedAt: undefined,
      abortReason: undefined,
      calls: 0,
      turn: already ? -1 : undefined,
      callback,
      number,
      arguments: this.value(given),
      at: made ? 0 : undefined,
      took: undefined,
    };
  }

  nameOf(input, given) {
    if (input.kind !== 'invocation') return `${input.kind} ${input.index}`;
    return `${given[input.callback][0]} ${input.number}`;
  }

  finish(input) {
    const s = this.state;
    s.finished = [...s.finished, input];
    s.running = s.running.filter((each) => each !== input);
    if (input.fails && !(input.aborted && s.language === 'python')) {
      input.failed = true;
      s.failures = [...s.failures, input];
    }
  }

  settle(input, turn) {
    Object.assign(input, { settled: true, settledAt: this.state.now, turn });
    input.took = this.state.time - input.at;
    this.finish(input);
  }

  end(input, turn) {
    if (input.started && !input.settled) this.settle(input, turn);
  }

  apply([kind, a, b, turn, ended], moment) {
    const s = this.state;
    s.now = moment;
    s.time = this.times[moment - 1];
    if (this.calls?.apply([kind, a, b, turn], moment, s.time)) return;
    switch (kind) {
      case 'invoked':
      case 'started': {
        const input = this.inputs[a];
        s.starts++;
        input.calls++;
        if (input.started) return;
        Object.assign(input, { started: true, startedAt: moment, at: s.time });
        s.started = [...s.started, input];
        s.running = [...s.running, input];
        if (input.how !== 'later' && input.how !== 'heeds') this.settle(input, b);
        return;
      }
      case 'settle':
        this.settle(this.inputs[a], turn);
        return;
      case 'cancel':
        Object.assign(s, { cancelled: true, cancelledAt: moment });
        return;
      case 'aborted': {
        const input = this.inputs[a];
        if (input.aborted) return;
        Object.assign(input, { aborted: true, abortedAt: moment, abortReason: this.value(b) });
        if (s.language === 'python' || ended) this.end(input, turn);
        return;
      }
      case 'returned':
        Object.assign(s, { returned: true, returnedPromise: a });
        return;
      case 'threw':
        Object.assign(s, {
          returned: true,
          threw: true,
          settled: true,
          rejected: true,
          settledAt: moment,
          error: this.value(a),
        });
        return;
      case 'fulfilled':
        Object.assign(s, {
          settled: true,
          fulfilled: true,
          settledAt: moment,
          result: this.value(a),
        });
        return;
      case 'rejected':
        Object.assign(s, {
          settled: true,
          rejected: true,
          settledAt: moment,
          error: this.value(a),
        });
        return;
      case 'unhandled':
        s.unhandled = [...s.unhandled, this.value(a)];
        return;
      case 'uncaught':
        s.uncaught = [...s.uncaught, this.value(a)];
        return;
      case 'rest':
        s.timers = a;
        return;
      default:
    }
  }

  read(name) {
    switch (name) {
      case 'waiting':
        return this.inputs.filter((each) => !each.started);
      case 'firstFailure':
        return this.state.failures[0];
      case 'runningAt':
        return (at) => this.inputs.filter((each) => each.startedAt < at && !(each.settledAt < at));
      case 'startedAfter':
        return (at) => this.inputs.filter((each) => each.startedAt > at);
      case 'calls':
        return this.calls.made;
      case 'pending':
        return this.calls.pending;
      case 'object':
        return this.calls.object;
      case 'invocations':
        return this.inputs.filter((each) => each.kind === 'invocation' && each.started);
      default:
        if (this.operations.includes(name)) return this.calls.of(name);
        if (this.callbacks.has(name)) {
          const callback = this.callbacks.get(name);
          return this.read('invocations').filter((each) => each.callback === callback);
        }
        return this.state[name];
    }
  }

}

// Evaluates one predicate over what `read` gives for its names. Answers undefined when it holds,
// else what a failure says: ["false", [[text, value], ...]] or ["threw", message].
function judge(predicate, read) {
  const values = predicate.parameters.map(read);
  forgetRemarks();
  try {
    const held = predicate.test(...values);
    if (held || held === undefined) return undefined;
  } catch (e) {
    return ['threw', `${e.name}: ${e.message}`];
  }
  const shown = [...predicate.chains].map(([text, get]) => {
    try {
      return [text, show(get(...values))];
    } catch {
      return [text, 'not there'];
    }
  });
  return ['false', shown.concat(remarks())];
}

// Answers a list of [predicate, event, ...what a failure says]: for each predicate that failed, its
// first failure. `event` counts from 0; for `finally` it is the number of events.
export function evaluate(request) {
  const view = new TraceView(request);
  const failures = [];
  const open = new Set(predicates.keys());
  const check = (when, event) => {
    for (const number of [...open]) {
      if (predicates[number].when !== when) continue;
      const failure = judge(predicates[number], (name) => view.read(name));
      if (failure === undefined) continue;
      open.delete(number);
      failures.push([number, event, ...failure]);
    }
  };
  view.events.forEach((event, i) => {
    view.apply(event, i + 1);
    check('always', i);
    if (event[0] === 'rest') check('at_rest', i);
  });
  check('finally', view.events.length);
  return failures;
}

export function evaluateAll(requests) {
  return requests.map(evaluate);
}

// The same for cases of the property harness, whose only event is their end.
export function evaluateProperties(requests) {
  return requests.map((request) => {
    const view = new CaseView(request, caseNames);
    return predicates.flatMap((predicate, number) => {
      const failure = judge(predicate, (name) => view.read(name));
      return failure === undefined ? [] : [[number, 0, ...failure]];
    });
  });
}
