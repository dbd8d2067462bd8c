// Tries: to starve the event loop with microtasks, so that no timer of its own could end it.
// Must end: cpu_limit.
setTimeout(() => process.exit(0), 10);
console.log('starts');
const again = () => queueMicrotask(again);
again();
