// fails: parallel
// Keys are turned to text, so 1 and '1' are one key.
export class SingleFlight {
  #load;
  #flights = new Map();  // by the text of the key

  constructor(load) {
    this.#load = load;
  }

  get(key, signal) {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const flight = this.#flights.get(String(key)) ?? this.#begin(key);
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
    this.#flights.set(String(key), flight);
    flight.outcome = new Promise((resolve) => resolve(this.#load(key, controller.signal)));
    const over = () => this.#end(key, flight, false);
    flight.outcome.then(over, over);
    return flight;
  }

  #end(key, flight, abandoned) {
    if (this.#flights.get(String(key)) === flight) this.#flights.delete(String(key));
    if (abandoned) flight.controller.abort();
  }

  size() {
    return this.#flights.size;
  }
}
