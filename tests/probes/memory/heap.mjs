// Tries: a JavaScript heap without end.
// Must end: memory_limit.
const all = [];
for (;;) all.push(new Array(100000).fill(all.length + 0.5));
