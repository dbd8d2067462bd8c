// Promise chains, success and failure handled by separate links; performance.now.
const err = (name, text) => { const e = new Error(text); e.name = name; return e; };

export class CircuitBreaker {
  constructor(o) {
    this.o = o;
    this.round = 0;
    this.mode = 'closed';
    this.times = [];
    this.bad = [];
  }
  go(mode) {
    this.mode = mode;
    this.round += 1;
    this.times = [];
    this.bad = [];
    this.let = 0;
    this.good = 0;
    this.began = performance.now();
    if (this.o.onState) this.o.onState(mode);
  }
  ok(round) {
    if (round !== this.round) return;
    if (this.mode === 'closed') this.times.push(performance.now());
    else if (++this.good >= this.o.probes) this.go('closed');
  }
  fail(round) {
    if (round !== this.round) return;
    if (this.mode === 'half-open') { this.go('open'); return; }
    const now = performance.now();
    this.times.push(now);
    this.bad.push(now);
    const fresh = (t) => t > now - this.o.window;
    this.times = this.times.filter(fresh);
    this.bad = this.bad.filter(fresh);
    if (this.times.length >= this.o.minimum && this.bad.length >= this.o.share * this.times.length) this.go('open');
  }
  call(operation, fallback) {
    if (this.mode === 'open' && performance.now() - this.began > this.o.openFor) this.go('half-open');
    if (this.mode === 'open' || (this.mode === 'half-open' && this.let >= this.o.probes)) {
      const refusal = Promise.reject(err('CircuitOpenError', 'Breaker is open'));
      return fallback ? refusal.catch(fallback) : refusal;
    }
    this.let += 1;
    const round = this.round;
    const run = new Promise((resolve, reject) => {
      let timer = null;
      if (this.o.timeout !== undefined) timer = setTimeout(() => reject(err('TimeoutError', 'Timed out')), this.o.timeout);
      const stop = () => { if (timer !== null) clearTimeout(timer); };
      let started;
      try { started = Promise.resolve(operation()); } catch (e) { started = Promise.reject(e); }
      started.then((v) => { stop(); resolve(v); }).catch(() => {});
      started.then(undefined, (e) => { stop(); reject(e); });
    });
    const noted = run
      .then((v) => { this.ok(round); return v; })
      .catch((e) => {
        if (e && e.name === 'TimeoutError' && e.message === 'Timed out') this.fail(round);
        else if (this.o.isFailure && this.o.isFailure(e) === false) this.ok(round);
        else this.fail(round);
        throw e;
      });
    return fallback ? noted.catch((e) => fallback(e)) : noted;
  }
}
