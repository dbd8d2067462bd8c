// A generator is the machine: it is sent what happens and yields the state it is in.
'use strict';

class CircuitOpenError extends Error {
  get name() { return 'CircuitOpenError'; }
}

function* machine(o, tell) {
  for (;;) {
    const closed = { name: 'closed' };
    let list = [];
    for (;;) {
      const event = yield closed;
      if (event.of !== closed) continue;
      const now = Date.now();
      list.push([now, event.bad ? 1 : 0]);
      list = list.filter(([t]) => now - t < o.window);
      const bad = list.reduce((sum, [, b]) => sum + b, 0);
      if (event.bad && list.length >= o.minimum && bad >= o.share * list.length) break;
    }
    for (let healed = false; !healed;) {
      const open = { name: 'open' };
      tell('open');
      const until = Date.now() + o.openFor;
      while ((yield open).ask !== true || Date.now() < until);
      const half = { name: 'half-open', tickets: o.probes };
      tell('half-open');
      for (let good = 0; good < o.probes;) {
        const event = yield half;
        if (event.of !== half) continue;
        if (event.bad) { good = -1; break; }
        healed = ++good === o.probes;
      }
    }
    tell('closed');
  }
}

exports.CircuitBreaker = function CircuitBreaker(options) {
  const isFailure = options.isFailure || (() => true);
  const m = machine(options, (state) => { if (options.onState) options.onState(state); });
  let now = m.next().value;

  this.call = (operation, fallback) => new Promise((resolve, reject) => {
    const refuse = (error) => {
      if (!fallback) { reject(error); return; }
      try { resolve(fallback(error)); } catch (other) { reject(other); }
    };
    if (now.name === 'open') now = m.next({ ask: true }).value;
    if (now.name === 'open' || (now.name === 'half-open' && now.tickets === 0)) {
      refuse(new CircuitOpenError('no'));
      return;
    }
    const mine = now;
    if (mine.name === 'half-open') mine.tickets -= 1;
    let done = false;
    let timer;
    const finish = (bad, then) => {
      if (done) return;
      done = true;
      if (timer) clearTimeout(timer);
      now = m.next({ of: mine, bad }).value;
      then();
    };
    if (options.timeout !== undefined) {
      timer = setTimeout(() => finish(true, () => {
        const error = new Error('timeout');
        error.name = 'TimeoutError';
        refuse(error);
      }), options.timeout);
    }
    new Promise((go) => go(operation())).then(
      (value) => process.nextTick(() => finish(false, () => resolve(value))),
      (error) => process.nextTick(() => { if (!done) finish(isFailure(error) !== false, () => refuse(error)); }),
    );
  });
};
