// fails: ordered, busy, fails-fast, collect, cancels, edges
// A promise for ever.
export function runWithConcurrency() {
  return new Promise(() => {});
}
