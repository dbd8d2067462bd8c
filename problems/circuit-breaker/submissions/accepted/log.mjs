// Odd but right: keeps a log of all that happened and reads the state off it each time.
const refusal = () => Object.assign(new Error('refused'), { name: 'CircuitOpenError' });
class Lateness extends DOMException {}
const lateness = () => new Lateness('no answer in time', 'TimeoutError');

export const CircuitBreaker = class {
  constructor(options) {
    const log = [{ state: 'closed', at: -Infinity, number: 0 }];

    const latest = () => log.findLast((entry) => entry.state);
    const since = () => log.slice(log.lastIndexOf(latest()) + 1);
    const enter = (state) => {
      log.push({ state, at: Date.now(), number: latest().number + 1 });
      options.onState?.(state);
    };

    const admit = () => {
      const { state, at } = latest();
      if (state === 'open' && Date.now() - at >= options.openFor) enter('half-open');
      const waiting = since().filter((entry) => entry.admitted).length;
      const limit = { closed: Infinity, open: 0, 'half-open': options.probes }[latest().state];
      if (waiting >= limit) throw refusal();
      log.push({ admitted: true });
      return latest().number;
    };

    const note = (number, failed) => {
      const { state, number: present } = latest();
      if (number !== present) return;
      const now = Date.now();
      log.push({ outcome: failed ? 'failure' : 'success', at: now });
      const outcomes = since().filter((entry) => entry.outcome);
      if (state === 'half-open') {
        if (failed) enter('open');
        else if (outcomes.length === options.probes) enter('closed');
        return;
      }
      const recent = outcomes.filter((entry) => entry.at + options.window > now);
      const failures = recent.filter((entry) => entry.outcome === 'failure');
      if (!failed || recent.length < options.minimum) return;
      if (failures.length >= options.share * recent.length) enter('open');
    };

    const through = function* (operation) {
      const number = admit();
      try {
        const value = yield operation;
        note(number, false);
        return value;
      } catch (error) {
        note(number, error instanceof Lateness || (options.isFailure ?? (() => true))(error));
        throw error;
      }
    };

    const inTime = (operation) => {
      const running = new Promise((resolve) => resolve(operation()));
      if (options.timeout === undefined) return running;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(reject, options.timeout, lateness());
        running.then(resolve, reject).finally(() => clearTimeout(timer));
      });
    };

    const drive = async (operation) => {
      const steps = through(operation);
      const first = steps.next();
      let step;
      try {
        const value = await inTime(first.value);
        step = () => steps.next(value);
      } catch (error) {
        step = () => steps.throw(error);
      }
      return step().value;
    };

    this.call = (operation, fallback) => drive(operation).catch(fallback ?? ((e) => { throw e; }));
  }
};
