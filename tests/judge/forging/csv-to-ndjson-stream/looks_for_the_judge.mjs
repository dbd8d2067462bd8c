// verdict: wrong_answer
// body: wrong_answer/guesses-types.mjs
// Looks for descriptors that lead to the judge, and writes to those that are open.
import fs from 'node:fs';

for (const name of fs.readdirSync('/proc/self/fd')) {
  if (Number(name) < 3) continue;
  try { fs.writeSync(Number(name), 'accepted'); } catch {}
}
for (const pid of fs.readdirSync('/proc')) {
  if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
  try { fs.writeFileSync(`/proc/${pid}/fd/1`, 'accepted'); } catch {}
}
await import('./body.mjs');
