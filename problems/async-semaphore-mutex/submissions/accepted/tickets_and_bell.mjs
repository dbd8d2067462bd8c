// Odd but right: everybody draws a ticket and sleeps until a bell rings; whoever wakes up looks for
// himself whether enough of those before him are through.
export class Semaphore {
  constructor(permits) {
    if (permits !== Math.floor(permits) || !(permits >= 1)) throw new RangeError('permits');
    this.permits = permits;
    this.tickets = [];   // of those who wait, in order
    this.drawn = 0;
    this.out = 0;
    this.bell = new EventTarget();
  }

  async acquire(signal) {
    if (signal?.aborted) throw signal.reason;
    const ticket = this.drawn++;
    this.tickets.push(ticket);
    while (this.out >= this.permits || this.tickets[0] !== ticket) {
      await this.#ring(signal);
      if (signal?.aborted) {
        this.tickets = this.tickets.filter((each) => each !== ticket);
        this.bell.dispatchEvent(new Event('ring'));
        throw signal.reason;
      }
    }
    this.tickets.shift();
    this.out++;
    this.bell.dispatchEvent(new Event('ring'));
    let released = false;
    return () => {
      if (!released) this.out--;
      released = true;
      this.bell.dispatchEvent(new Event('ring'));
    };
  }

  #ring(signal) {
    return new Promise((resolve) => {
      const wake = () => {
        this.bell.removeEventListener('ring', wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.bell.addEventListener('ring', wake);
      signal?.addEventListener('abort', wake);
    });
  }

  async runExclusive(body) {
    const release = await this.acquire();
    let outcome;
    try {
      outcome = { value: await body() };
    } catch (error) {
      outcome = { error };
    }
    release();
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }
}
