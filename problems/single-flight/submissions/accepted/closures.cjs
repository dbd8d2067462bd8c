// No class: a constructor function that returns its methods, and loads that begin a little later.
'use strict';

function SingleFlight(load) {
  const flights = new Map();

  function take(key) {
    if (flights.has(key)) return flights.get(key);
    const controller = new AbortController();
    const flight = { callers: 0, controller };
    const forget = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.abandon = () => {
      forget();
      controller.abort();
    };
    flight.result = Promise.resolve().then(() => load(key, controller.signal)).finally(forget);
    flight.result.catch(() => {});
    flights.set(key, flight);
    return flight;
  }

  async function get(key, signal) {
    if (!signal) {
      const flight = take(key);
      flight.callers += 1;
      return flight.result;
    }
    signal.throwIfAborted();
    const flight = take(key);
    flight.callers += 1;
    const listening = new AbortController();
    const aborted = new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason);
        flight.callers -= 1;
        if (flight.callers === 0) flight.abandon();
      }, { signal: listening.signal });
    });
    try {
      return await Promise.race([flight.result, aborted]);
    } finally {
      listening.abort();
    }
  }

  return { get, size: () => flights.size };
}

module.exports = { SingleFlight };
