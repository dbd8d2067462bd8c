// fails: tidy
// When the operation throws, the timer is cleared, but the listener stays.
export function anySignal(...signals) {
  const out = new AbortController();
  const hear = (event) => {
    for (const s of signals) s.removeEventListener("abort", hear);
    out.abort(event.target.reason);
  };
  for (const s of signals) if (s.aborted) {
    out.abort(s.reason);
    return out.signal;
  }
  for (const s of signals) s.addEventListener("abort", hear);
  return out.signal;
}
export function sleep(ms, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const quit = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", quit);
      resolve();
    }, ms);
    signal?.addEventListener("abort", quit, { once: true });
  });
}
class TimeoutError extends Error {
  name = "TimeoutError";
}
export function withTimeout(operation, ms, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const inner = new AbortController();
    const tidy = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", quit);
    };
    const giveUp = (reason) => {
      tidy();
      reject(reason);
      inner.abort(reason);
    };
    const quit = () => giveUp(signal.reason);
    const timer = setTimeout(() => giveUp(new TimeoutError("late")), ms);
    signal?.addEventListener("abort", quit);
    let running;
    try {
      running = operation(inner.signal);
    } catch (error) {
      clearTimeout(timer);
      reject(error);
      return;
    }
    if (running instanceof Promise) running.then((v) => {
      tidy();
      resolve(v);
    }, (e) => {
      tidy();
      reject(e);
    });
    else {
      tidy();
      resolve(running);
    }
  });
}
