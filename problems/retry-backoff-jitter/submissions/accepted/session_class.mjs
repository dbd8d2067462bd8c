// A class with private state; each attempt has a signal of its own, made with AbortSignal.any where
// that exists, and aborted when the attempt is over.
const any = (signals) => {
  if (AbortSignal.any) return AbortSignal.any(signals);
  const controller = new AbortController();
  for (const each of signals) {
    if (each.aborted) controller.abort(each.reason);
    else each.addEventListener('abort', () => controller.abort(each.reason), { once: true, signal: controller.signal });
  }
  return controller.signal;
};

class Session {
  #attempts = 0;
  #since = process.hrtime.bigint();
  #options;
  #timer;
  #finished = new AbortController();
  #settle;

  constructor(options) {
    this.#options = { factor: 2, random: Math.random, isRetryable: () => true, ...options };
    for (const [key, value] of Object.entries({ factor: 2, random: Math.random, isRetryable: () => true })) {
      this.#options[key] ??= value;
    }
  }

  run(operation) {
    const { signal } = this.#options;
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      if (signal?.aborted) return this.#abandon();
      signal?.addEventListener('abort', () => this.#abandon(), { signal: this.#finished.signal });
      this.#attempt(operation);
    });
  }

  async #attempt(operation) {
    const { signal, retries, isRetryable, random, cap, base, factor } = this.#options;
    const done = new AbortController();
    const mine = signal && any([signal, done.signal]);
    this.#attempts++;
    let value;
    try {
      value = await operation(mine);
    } catch (error) {
      if (this.#finished.signal.aborted) return;
      const last = this.#attempts === retries + 1;
      if (last || !isRetryable(error)) {
        this.#end('rejected');
        return this.#settle.reject(error);
      }
      const ceiling = Math.min(cap, base * factor ** (this.#attempts - 1));
      this.#timer = setTimeout(() => this.#attempt(operation), random() * ceiling);
      return;
    } finally {
      done.abort();
    }
    if (this.#finished.signal.aborted) return;
    this.#end('fulfilled');
    this.#settle.resolve(value);
  }

  #abandon() {
    this.#end('aborted');
    this.#settle.reject(this.#options.signal.reason);
  }

  #end(outcome) {
    this.#finished.abort();
    clearTimeout(this.#timer);
    const elapsed = Number(process.hrtime.bigint() - this.#since) / 1e6;
    this.#options.onOutcome?.(Object.freeze({ attempts: this.#attempts, elapsed, outcome }));
  }
}

export function retry(operation, options) {
  const { retries } = options;
  if (!Number.isInteger(retries) || retries < 0) throw new RangeError(`retries: ${retries}`);
  return new Session(options).run(operation);
}
