// verdict: wrong_answer
// Returns a promise and forgets it.
export function runWithConcurrency() {
  return new Promise(() => {});
}
