// Everybody races the load against events.once of his own signal; a controller for each call takes the
// listeners away again.
import { once } from 'node:events';

export class SingleFlight {
  #flights = new Map();
  #load;

  constructor(load) {
    this.#load = load;
  }

  async get(key, signal) {
    signal?.throwIfAborted();
    const flight = this.#flights.get(key) ?? this.#take_off(key);
    flight.passengers += 1;
    const landed = new AbortController();
    try {
      if (!signal) return await flight.outcome;
      const jumped = once(signal, 'abort', { signal: landed.signal }).then(
        () => Promise.reject(signal.reason),
        () => new Promise(() => {}),
      );
      jumped.catch(() => {});
      const leave = () => this.#leave(key, flight);
      signal.addEventListener('abort', leave, { once: true, signal: landed.signal });
      return await Promise.race([jumped, flight.outcome]);
    } finally {
      landed.abort();
    }
  }

  #leave(key, flight) {
    flight.passengers -= 1;
    if (flight.passengers > 0) return;
    this.#forget(key, flight);
    flight.controller.abort('nobody left');
  }

  #forget(key, flight) {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }

  #take_off(key) {
    const controller = new AbortController();
    const flight = { passengers: 0, controller };
    this.#flights.set(key, flight);
    flight.outcome = (async () => this.#load(key, controller.signal))()
      .finally(() => this.#forget(key, flight));
    flight.outcome.catch(() => {});
    return flight;
  }

  size() {
    return this.#flights.size;
  }
}
