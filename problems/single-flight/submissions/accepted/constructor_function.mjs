// A function that works with `new`; the load begins a microtask after the call, and not at all when all
// have left by then.
const never = new Promise(() => {});

function departure(signal) {
  if (!signal) return { promise: never, close() {} };
  let listener;
  const promise = new Promise((resolve) => {
    listener = { handleEvent: resolve };
    signal.addEventListener('abort', listener);
  });
  return { promise, close: () => signal.removeEventListener('abort', listener) };
}

export function SingleFlight(load) {
  const flights = new Map();

  const begin = (key) => {
    const controller = new AbortController();
    const flight = { waiting: 0, over: false, controller };
    flight.land = () => {
      flight.over = true;
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.result = Promise.resolve().then(() => {
      if (flight.over) return undefined;
      return load(key, controller.signal);
    });
    flight.result.then(flight.land, flight.land);
    flights.set(key, flight);
    return flight;
  };

  this.get = async (key, signal) => {
    if (signal?.aborted) throw signal.reason;
    const flight = flights.get(key) ?? begin(key);
    flight.waiting++;
    const leaving = () => {
      if (--flight.waiting === 0 && !flight.over) {
        flight.land();
        flight.controller.abort(new DOMException('left alone', 'AbortError'));
      }
    };
    signal?.addEventListener('abort', leaving, { once: true });
    const gone = departure(signal);
    try {
      return await Promise.race([
        flight.result,
        gone.promise.then(() => { throw signal.reason; }),
      ]);
    } finally {
      gone.close();
      signal?.removeEventListener('abort', leaving);
    }
  };

  this.size = () => flights.size;
}
