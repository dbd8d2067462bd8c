// fails: aborted-before
// A falsy reason of a signal that is aborted already is replaced by an error.
export class SingleFlight {
  #load;
  #flights = new Map();
  constructor(load) {
    this.#load = load;
  }
  size() {
    return this.#flights.size;
  }
  get(key, signal) {
    if (signal?.aborted) return Promise.reject(signal.reason || new Error("aborted"));
    let flight = this.#flights.get(key);
    if (!flight) this.#flights.set(key, flight = this.#begin(key));
    return new Promise((resolve, reject) => {
      const waiter = { resolve, reject, stop: () => signal?.removeEventListener("abort", onAbort) };
      const onAbort = () => {
        waiter.stop();
        flight.waiters.delete(waiter);
        reject(signal.reason);
        if (flight.waiters.size === 0) {
          this.#forget(key, flight);
          flight.controller.abort();
        }
      };
      flight.waiters.add(waiter);
      signal?.addEventListener("abort", onAbort);
    });
  }
  #forget(key, flight) {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
  #begin(key) {
    const flight = { waiters: new Set(), controller: new AbortController() };
    const end = (how) => (outcome) => {
      this.#forget(key, flight);
      for (const w of flight.waiters) {
        w.stop();
        w[how](outcome);
      }
      flight.waiters.clear();
    };
    let running;
    try {
      running = Promise.resolve(this.#load(key, flight.controller.signal));
    } catch (error) {
      running = Promise.reject(error);
    }
    running.then(end("resolve"), end("reject"));
    return flight;
  }
}
