// fails: abandons, cancels
// Who began the load is not among those who are counted, so the load is abandoned while he waits.
export class SingleFlight {
  #load;
  #flights = new Map();

  constructor(load) {
    this.#load = load;
  }

  get(key, signal) {
    if (signal?.aborted) return Promise.reject(signal.reason);
    let flight = this.#flights.get(key);
    if (flight) flight.waiting++;
    else flight = this.#begin(key);
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
