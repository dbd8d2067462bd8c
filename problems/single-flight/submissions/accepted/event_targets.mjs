// Every load is an EventTarget, and every caller listens until he hears it land or leaves.
class Landing extends Event {
  constructor(settle) {
    super('landing');
    this.settle = settle;
  }
}

class Flight extends EventTarget {
  callers = 0;
  stop = new AbortController();

  fly(load, key, landed) {
    const land = (settle) => {
      landed();
      this.dispatchEvent(new Landing(settle));
    };
    Promise.resolve().then(() => load(key, this.stop.signal)).then(
      (value) => land(([resolve]) => resolve(value)),
      (error) => land(([, reject]) => reject(error)),
    );
    return this;
  }

  board(signal, empty) {
    this.callers++;
    return new Promise((...settlers) => {
      const gone = new AbortController();
      this.addEventListener('landing', ({ settle }) => {
        gone.abort();
        settle(settlers);
      }, { once: true, signal: gone.signal });
      signal?.addEventListener('abort', () => {
        gone.abort();
        settlers[1](signal.reason);
        if (--this.callers === 0) empty();
      }, { once: true, signal: gone.signal });
    });
  }
}

export class SingleFlight {
  constructor(load) {
    const flights = new Map();
    this.size = () => flights.size;
    this.get = (key, signal) => {
      if (signal?.aborted) return Promise.reject(signal.reason);
      let flight = flights.get(key);
      const forget = () => flights.get(key) === flight && flights.delete(key);
      if (!flight) {
        flight = new Flight();
        flights.set(key, flight);
        flight.fly(load, key, forget);
      }
      return flight.board(signal, () => {
        forget();
        flight.stop.abort();
      });
    };
  }
}
