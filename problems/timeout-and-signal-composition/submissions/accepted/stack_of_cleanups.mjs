// Odd but right: a scope collects what has to be undone, and a generator says what happens in it.
class Scope {
  #undo = [];
  settled = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));

  defer(undo) {
    this.#undo.push(undo);
  }

  end(how, value) {
    while (this.#undo.length > 0) this.#undo.pop()();
    this[how](value);
  }

  on(signal, heard) {
    if (!signal) return;
    const listener = { handleEvent: () => heard(signal.reason) };
    signal.addEventListener('abort', listener);
    this.defer(() => signal.removeEventListener('abort', listener));
  }

  after(ms, what) {
    const timer = setTimeout(what, ms);
    this.defer(() => clearTimeout(timer));
  }
}

const scoped = (setUp) => function (...given) {
  const scope = new Scope();
  const signal = given.at(this.signalAt);
  if (signal?.aborted) scope.end('reject', signal.reason);
  else setUp(scope, ...given);
  return scope.settled;
};

const exported = {
  sleep: scoped((scope, ms, signal) => {
    scope.after(ms, () => scope.end('resolve', ms));
    scope.on(signal, (reason) => scope.end('reject', reason));
  }),
  withTimeout: scoped((scope, operation, ms, signal) => {
    const inner = new AbortController();
    const giveUp = (reason) => {
      inner.abort(reason);
      scope.end('reject', reason);
    };
    scope.on(signal, giveUp);
    scope.after(ms, () => giveUp(new DOMException(`${ms} ms are over`, 'TimeoutError')));
    let result;
    try {
      result = operation(inner.signal);
    } catch (error) {
      return scope.end('reject', error);
    }
    Promise.resolve(result).then(
      (value) => scope.end('resolve', value),
      (error) => scope.end('reject', error),
    );
  }),
};

export const sleep = (ms, signal) => exported.sleep.call({ signalAt: 1 }, ms, signal);
export const withTimeout = (operation, ms, signal) =>
  exported.withTimeout.call({ signalAt: 2 }, operation, ms, signal);

export const anySignal = (...signals) => {
  const controller = new AbortController();
  const scope = new Scope();
  const fire = (reason) => {
    scope.end('resolve');
    controller.abort(reason);
  };
  for (const signal of signals) {
    if (signal.aborted) fire(signal.reason);
    if (controller.signal.aborted) break;
    scope.on(signal, fire);
  }
  return controller.signal;
};
