// Tries: memory outside the JavaScript heap: shared array buffers that grow, with every page
// written.
// Must end: memory_limit.
const all = [];
for (;;) {
  const buffer = new SharedArrayBuffer(1 << 20, { maxByteLength: 16 << 20 });
  buffer.grow(16 << 20);
  new Uint8Array(buffer).fill(1);
  all.push(buffer);
}
