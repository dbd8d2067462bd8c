// Tries: to be deaf: a handler for every signal that can have one, and a timer that never ends.
// Must end: wall_limit; a signal of its own was handled before.
import { constants } from 'node:os';

for (const name of Object.keys(constants.signals)) {
  try {
    process.on(name, () => {});
  } catch {
    // SIGKILL and SIGSTOP have no handlers
  }
}
process.once('SIGUSR2', () => console.log('handled'));
process.kill(process.pid, 'SIGUSR2');
setInterval(() => {}, 1000);
