// verdict: memory_limit_exceeded
export function runWithConcurrency() {
  const held = [];
  for (;;) held.push(new Array(100000).fill(held.length));
}
