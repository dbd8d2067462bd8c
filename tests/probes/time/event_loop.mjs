// Tries: to keep the event loop turning for ever, with immediates that make immediates.
// Must end: cpu_limit; a timer of its own still fires meanwhile.
setTimeout(() => console.log('timer'), 5);
const again = () => setImmediate(again);
again();
