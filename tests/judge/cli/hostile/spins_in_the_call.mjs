// verdict: time_limit_exceeded
// Spins synchronously for ever.
export function runWithConcurrency() {
  for (;;) {}
}
