// Tries: to spawn children until it is refused.
// Must end: by itself, refused with EAGAIN before there are as many as the limit; once they are
// gone, one more works.
import { spawn, spawnSync } from 'node:child_process';

const children = [];
for (;;) {
  const child = spawn('/bin/sleep', ['60'], { stdio: 'ignore' });
  const refused = await new Promise((resolve) => {
    child.on('spawn', () => resolve(null));
    child.on('error', resolve);
  });
  if (refused !== null) {
    console.log(refused.code, children.length > 0, children.length < 32);
    break;
  }
  children.push(child);
}
for (const child of children) {
  child.kill('SIGKILL');
  await new Promise((resolve) => child.on('exit', resolve));
}
console.log('again', spawnSync('/bin/echo', ['works']).stdout.toString().trim());
