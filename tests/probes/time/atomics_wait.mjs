// Tries: to block the main thread in a wait that nobody will ever notify.
// Must end: wall_limit; a wait with a timeout before works.
const cell = new Int32Array(new SharedArrayBuffer(4));
console.log(Atomics.wait(cell, 0, 0, 10));
Atomics.wait(cell, 0, 0);
