// Tries: memory outside the JavaScript heap: buffers, filled.
// Must end: memory_limit.
const all = [];
for (;;) all.push(Buffer.alloc(4 << 20, 1));
