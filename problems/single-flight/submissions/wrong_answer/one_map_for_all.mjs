// fails: parallel, passes-on
// The flights stand in one map for all objects, whatever these load with.
export class SingleFlight {
  #load;
  static #flights = new Map();

  constructor(load) {
    this.#load = load;
  }

  get(key, signal) {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const flight = SingleFlight.#flights.get(key) ?? this.#begin(key);
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
    SingleFlight.#flights.set(key, flight);
    flight.outcome = new Promise((resolve) => resolve(this.#load(key, controller.signal)));
    const over = () => this.#end(key, flight, false);
    flight.outcome.then(over, over);
    return flight;
  }

  #end(key, flight, abandoned) {
    if (SingleFlight.#flights.get(key) === flight) SingleFlight.#flights.delete(key);
    if (abandoned) flight.controller.abort();
  }

  size() {
    return SingleFlight.#flights.size;
  }
}
