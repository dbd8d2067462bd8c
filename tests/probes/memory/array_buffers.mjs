// Tries: memory outside the JavaScript heap: shared array buffers, that grow where Node can (from
// 20 on), with every page written.
// Must end: memory_limit.
const all = [];
for (;;) {
  const grows = 'grow' in SharedArrayBuffer.prototype;
  const buffer = new SharedArrayBuffer(grows ? 1 << 20 : 16 << 20, { maxByteLength: 16 << 20 });
  if (grows) buffer.grow(16 << 20);
  new Uint8Array(buffer).fill(1);
  all.push(buffer);
}
