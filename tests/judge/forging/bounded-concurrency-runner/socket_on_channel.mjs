// verdict: wrong_answer
// body: wrong_answer/never_aborts.mjs
// Wraps the channel into a socket of its own, to read requests before the shim does.
import { runWithConcurrency as body } from './body.mjs';

import net from 'node:net';
export function runWithConcurrency(tasks, limit, options) {
  try {
    const socket = new net.Socket({ fd: 3, readable: true, writable: true });
    socket.on('data', (bytes) => socket.write(bytes));
    socket.on('error', () => {});
    socket.unref();
  } catch {}
  return body(tasks, limit, options);
}
