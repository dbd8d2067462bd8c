// fails: plain-loads
// A load that throws leaves its key behind: later calls wait for what never began.
export class SingleFlight {
  #load;
  #flights = new Map();

  constructor(load) {
    this.#load = load;
  }

  async get(key, signal) {
    if (signal?.aborted) throw signal.reason;
    const flight = this.#flights.get(key) ?? this.#begin(key);
    flight.waiting++;
    const outcome = Promise.resolve(flight.outcome);
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        reject(signal.reason);
        if (--flight.waiting === 0) this.#end(key, flight, true);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      const settled = () => signal?.removeEventListener('abort', giveUp);
      outcome.then(
        (value) => { settled(); resolve(value); },
        (error) => { settled(); reject(error); },
      );
    });
  }

  #begin(key) {
    const controller = new AbortController();
    const flight = { waiting: 0, controller, outcome: undefined };
    this.#flights.set(key, flight);
    flight.outcome = new Promise(() => {});
    flight.outcome = this.#load(key, controller.signal);
    const over = () => this.#end(key, flight, false);
    Promise.resolve(flight.outcome).then(over, over);
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
