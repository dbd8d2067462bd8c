// Tries: memory outside the JavaScript heap: WebAssembly memories, grown and written.
// Must end: memory_limit.
const all = [];
for (;;) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 512 });
  memory.grow(511);
  new Uint8Array(memory.buffer).fill(1);
  all.push(memory);
}
