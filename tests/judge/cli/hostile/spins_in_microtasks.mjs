// verdict: time_limit_exceeded
// Never lets the event loop turn.
export async function runWithConcurrency() {
  for (;;) await null;
}
