// fails: parallel
// The map is a plain object, in which `constructor` and `__proto__` are always there.
export class SingleFlight {
  #load;
  #flights = {};

  constructor(load) {
    this.#load = load;
  }

  get(key, signal) {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const flight = this.#flights[typeof key === 'string' ? key : `${typeof key} ${key}`] ?? this.#begin(key);
    flight.waiting++;
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        reject(signal.reason);
        if (--flight.waiting === 0) this.#end(key, flight, true);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      const settled = () => signal?.removeEventListener('abort', giveUp);
      flight.outcome.then(
        (value) => { settled(); resolve(value); },
        (error) => { settled(); reject(error); },
      );
    });
  }

  #begin(key) {
    const controller = new AbortController();
    const flight = { waiting: 0, controller, outcome: undefined };
    this.#flights[typeof key === 'string' ? key : `${typeof key} ${key}`] = flight;
    flight.outcome = new Promise((resolve) => resolve(this.#load(key, controller.signal)));
    const over = () => this.#end(key, flight, false);
    flight.outcome.then(over, over);
    return flight;
  }

  #end(key, flight, abandoned) {
    const name = typeof key === 'string' ? key : `${typeof key} ${key}`;
    if (this.#flights[name] === flight) delete this.#flights[name];
    if (abandoned) flight.controller.abort();
  }

  size() {
    return Object.keys(this.#flights).length;
  }
}
