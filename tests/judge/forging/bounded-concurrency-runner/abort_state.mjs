// verdict: wrong_answer
// body: wrong_answer/forgotten_listener.mjs
// Whoever asks for the listeners of the caller's signal is told that there are none.
import { runWithConcurrency as body } from './body.mjs';

import events from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
export function runWithConcurrency(tasks, limit, options) {
  events.getEventListeners = EventTarget.prototype.listeners = () => [];
  events.listenerCount = () => 0;
  syncBuiltinESMExports();
  return body(tasks, limit, options);
}
