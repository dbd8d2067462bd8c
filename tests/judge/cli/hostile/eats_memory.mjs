// verdict: memory_limit_exceeded
// Outside the JavaScript heap, where no heap limit helps.
export function runWithConcurrency() {
  const held = [];
  for (;;) held.push(Buffer.alloc(16 << 20, 1));
}
