// Odd but right: a load is an event target, and those who wait are its listeners.
class Flight extends EventTarget {
  constructor(load, key) {
    super();
    this.abort = new AbortController();
    this.listening = 0;
    this.over = false;
    queueMicrotask(async () => {
      let detail;
      try {
        if (this.over) return;
        detail = { value: await load.call(undefined, key, this.abort.signal), ok: true };
      } catch (error) {
        detail = { error, ok: false };
      }
      this.over = true;
      const event = new Event('landed');
      event.detail = detail;
      this.dispatchEvent(event);
    });
  }
}

export class SingleFlight {
  constructor(load) {
    this.loading = load;
    this.list = [];  // of [key, flight]
  }

  get = (key, signal) => new Promise((resolve, reject) => {
    if (signal?.aborted) throw signal.reason;
    let entry = this.list.find(([other, each]) => Object.is(other, key) && !each.over);
    if (!entry) this.list.push(entry = [key, new Flight(this.loading, key)]);
    const flight = entry[1];
    flight.listening++;
    const done = () => {
      flight.removeEventListener('landed', landed);
      signal?.removeEventListener('abort', giveUp);
      if (flight.over) this.list = this.list.filter((each) => each !== entry);
    };
    const landed = ({ detail: { ok, value, error } }) => {
      done();
      if (ok) resolve(value);
      else reject(error);
    };
    const giveUp = () => {
      if (--flight.listening === 0) {
        flight.over = true;
        flight.abort.abort();
      }
      done();
      reject(signal.reason);
    };
    flight.addEventListener('landed', landed);
    signal?.addEventListener('abort', giveUp);
  });

  size() {
    return this.list.length;
  }
}
