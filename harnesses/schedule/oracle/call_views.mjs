// The calls of a case of operations, as predicates see them.
const never = { at: undefined, startedAt: undefined, settledAt: undefined };

export class Calls {
  // `value` revives descriptions, `nameObject` says what reports call an object.
  constructor(request, value, nameObject) {
    this.made = [];
    this.all = request.calls.map(([operation, on, given, reason], number) => ({
      number,
      operation,
      on,
      arguments: value(given),
      ...never,
      returned: false,
      returnedPromise: false,
      threw: false,
      settled: false,
      fulfilled: false,
      rejected: false,
      value: undefined,
      error: undefined,
      took: undefined,
      turn: undefined,
      madeIn: undefined,
      aborted: false,
      abortedAt: undefined,
      abortReason: value(reason),
    }));
    for (const call of this.all) {
      call.on = this.all[call.on];
      nameObject(call, call.number === 0 ? 'the object' : `call ${call.number}`);
    }
    this.value = value;
  }

  get object() {
    return this.all[0];
  }

  of(operation) {
    return this.made.filter((call) => call.operation === operation);
  }

  get pending() {
    return this.made.filter((call) => call.returned && !call.settled);
  }

  settle(number, moment, time, turn, what) {
    const call = this.all[number];
    Object.assign(call, what, { settled: true, settledAt: moment, turn });
    call.took = time - (call.at ?? 0);
  }

  // Whether the event was about a call.
  apply([kind, a, b, turn], moment, time) {
    switch (kind) {
      case 'operation':
        Object.assign(this.all[a], { startedAt: moment, at: time, madeIn: b });
        this.made = [...this.made, this.all[a]];
        return true;
      case 'abort':
        Object.assign(this.all[a], { aborted: true, abortedAt: moment });
        return true;
      case 'returned':
        Object.assign(this.all[b], { returned: true, returnedPromise: a });
        return true;
      case 'threw':
        this.settle(b, moment, time, turn, {
          returned: true,
          threw: true,
          rejected: true,
          error: this.value(a),
        });
        return true;
      case 'fulfilled':
        this.settle(b, moment, time, turn, { fulfilled: true, value: this.value(a) });
        return true;
      case 'rejected':
        this.settle(b, moment, time, turn, { rejected: true, error: this.value(a) });
        return true;
      default:
        return false;
    }
  }
}
