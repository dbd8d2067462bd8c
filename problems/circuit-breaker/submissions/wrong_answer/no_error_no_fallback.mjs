// fails: falls-back
// An operation that fails with undefined gets no fallback.
class CircuitOpenError extends Error {
  name = 'CircuitOpenError';
}

class TimeoutError extends Error {
  name = 'TimeoutError';
}

export class CircuitBreaker {
  #options;
  #phase = { state: 'closed', outcomes: [] };

  constructor(options) {
    this.#options = { isFailure: () => true, onState: () => {}, ...options };
  }

  async call(operation, fallback) {
    try {
      return await this.#attempt(operation);
    } catch (error) {
      if (fallback === undefined || error === undefined) throw error;
      return fallback(error);
    }
  }

  async #attempt(operation) {
    const phase = this.#admit();
    let value;
    try {
      value = await this.#inTime(operation);
    } catch (error) {
      const failed = error instanceof TimeoutError || this.#options.isFailure(error);
      if (phase === this.#phase) this.#note(phase, failed);
      throw error;
    }
    if (phase === this.#phase) this.#note(phase, false);
    return value;
  }

  #admit() {
    const { openFor, probes } = this.#options;
    if (this.#phase.state === 'open' && Date.now() - this.#phase.since >= openFor) {
      this.#change({ state: 'half-open', admitted: 0, succeeded: 0 });
    }
    const phase = this.#phase;
    const full = phase.state === 'half-open' && phase.admitted >= probes;
    if (phase.state === 'open' || full) throw new CircuitOpenError('the circuit is open');
    if (phase.state === 'half-open') phase.admitted++;
    return phase;
  }

  async #inTime(operation) {
    const { timeout } = this.#options;
    if (timeout === undefined) return operation();
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new TimeoutError(`no end after ${timeout} ms`)), timeout);
    });
    try {
      return await Promise.race([operation(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #note(phase, failed) {
    const { window, minimum, share, probes } = this.#options;
    if (phase.state === 'half-open') {
      if (failed) this.#open();
      else if (++phase.succeeded === probes) this.#change({ state: 'closed', outcomes: [] });
      return;
    }
    const now = Date.now();
    phase.outcomes.push({ at: now, failed });
    phase.outcomes = phase.outcomes.filter(({ at }) => now - at < window);
    const failures = phase.outcomes.filter((each) => each.failed).length;
    const enough = phase.outcomes.length >= minimum;
    if (failed && enough && failures / phase.outcomes.length >= share) this.#open();
  }

  #open() {
    this.#change({ state: 'open', since: Date.now() });
  }

  #change(phase) {
    this.#phase = phase;
    this.#options.onState(phase.state);
  }
}
