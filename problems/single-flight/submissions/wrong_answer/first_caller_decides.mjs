// fails: abandons, cancels
// The load hangs on the signal of who began it: when he gives up, it is aborted for all.
export class SingleFlight {
  #load;
  #flights = new Map();

  constructor(load) {
    this.#load = load;
  }

  get(key, signal) {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const flight = this.#flights.get(key) ?? this.#begin(key, signal);
    flight.waiting++;
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        reject(signal.reason);
        if (signal === flight.decides) this.#end(key, flight, true);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      const settled = () => signal?.removeEventListener('abort', giveUp);
      flight.outcome.then(
        (value) => { settled(); resolve(value); },
        (error) => { settled(); reject(error); },
      );
    });
  }

  #begin(key, signal) {
    const controller = new AbortController();
    const flight = { waiting: 0, controller, outcome: undefined, decides: signal };
    this.#flights.set(key, flight);
    flight.outcome = new Promise((resolve) => resolve(this.#load(key, controller.signal)));
    const over = () => this.#end(key, flight, false);
    flight.outcome.then(over, over);
    return flight;
  }

  #end(key, flight, abandoned) {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
    if (abandoned) flight.controller.abort();
  }

  size() {
    return this.#flights.size;
  }
}
