// verdict: time_limit_exceeded
// Backtracks for ever inside one native call.
export async function runWithConcurrency() {
  return /^(a+)+$/.test('a'.repeat(60) + 'b');
}
