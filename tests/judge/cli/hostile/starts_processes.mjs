// verdict: wrong_answer
// Tries to leave children behind; whether they start or not, none may outlive the grading.
import { spawn } from 'node:child_process';
for (let i = 0; i < 100; i++) {
  try {
    const child = spawn('/bin/sleep', ['1234567'], { detached: true, stdio: 'ignore' });
    child.on('error', () => {}).unref();
  } catch {}
}
export async function runWithConcurrency() {
  return [];
}
