// Tries: to leave detached children behind, which inherit the streams and outlive their parent.
// Must end: with 4 as soon as the parent does; no child is left.
import { spawn } from 'node:child_process';

let started = 0;
for (let i = 0; i < 3; ++i) {
  const child = spawn('/bin/sleep', ['60'], { detached: true, stdio: 'inherit' });
  child.unref();
  child.on('spawn', () => {
    if (++started < 3) return;
    console.log('three detached');
    process.exitCode = 4;
  });
}
