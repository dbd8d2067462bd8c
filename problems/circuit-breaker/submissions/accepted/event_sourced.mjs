// Everything that happened is in one list, and the state is computed from it whenever somebody asks.
export class CircuitBreaker {
  #o;
  #events = [];

  constructor(options) { this.#o = structuredCloneish(options); }

  #state() {
    const { window, minimum, share, probes } = this.#o;
    const start = { name: 'closed', phase: 0, seen: [], admitted: 0, good: 0, since: 0 };
    return this.#events.reduce((s, e) => {
      if (e.type === 'half') return { ...start, name: 'half-open', phase: s.phase + 1 };
      if (e.phase !== s.phase) return s;
      if (e.type === 'admitted') return { ...s, admitted: s.admitted + 1 };
      const opened = { ...start, name: 'open', phase: s.phase + 1, since: e.at };
      if (s.name === 'half-open') {
        if (e.type === 'bad') return opened;
        return s.good + 1 === probes ? { ...start, phase: s.phase + 1 } : { ...s, good: s.good + 1 };
      }
      const seen = [...s.seen.filter((x) => e.at - x.at < window), e];
      const bad = seen.filter((x) => x.type === 'bad').length;
      return e.type === 'bad' && seen.length >= minimum && bad / seen.length >= share ? opened : { ...s, seen };
    }, start);
  }

  #happen(event) {
    const before = this.#state();
    this.#events.push({ ...event, at: Date.now() });
    const after = this.#state();
    if (before.phase !== after.phase) this.#o.onState?.(after.name);
    return after;
  }

  call(operation, fallback) {
    const result = this.#call(operation);
    return fallback === undefined ? result : result.then((v) => v, (e) => fallback(e));
  }

  async #call(operation) {
    let state = this.#state();
    if (state.name === 'open' && Date.now() - state.since >= this.#o.openFor) state = this.#happen({ type: 'half' });
    if (state.name === 'open' || (state.name === 'half-open' && state.admitted >= this.#o.probes)) {
      throw Object.assign(new Error('open'), { name: 'CircuitOpenError', code: 'EOPEN' });
    }
    const { phase } = state;
    this.#happen({ type: 'admitted', phase });
    let timeoutId;
    let late = false;
    const guard = this.#o.timeout === undefined ? [] : [new Promise((_, reject) => {
      timeoutId = setTimeout(() => { late = true; reject(Object.assign(new Error('late'), { name: 'TimeoutError' })); }, this.#o.timeout);
    })];
    try {
      const value = await Promise.race([operation(), ...guard]);
      this.#happen({ type: 'good', phase });
      return value;
    } catch (error) {
      const bad = late || !this.#o.isFailure || this.#o.isFailure(error);
      this.#happen({ type: bad ? 'bad' : 'good', phase });
      throw error;
    } finally {
      clearTimeout(timeoutId);
    }
  }
}

const structuredCloneish = (options) => ({ ...options });
