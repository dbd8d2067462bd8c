// verdict: wrong_answer
// body: wrong_answer/forgotten_listener.mjs
// Whoever counts listeners is told that there are none: by the function that counts, by a method
// that it asks first, and by the table behind it.
import events from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { Semaphore as Body } from './body.mjs';

events.getEventListeners = (() => []) as typeof events.getEventListeners;
syncBuiltinESMExports();
type Acquire = (signal?: AbortSignal) => Promise<() => void>;
export class Semaphore extends (Body as unknown as new (permits: number) => { acquire: Acquire }) {
  acquire: Acquire = (signal) => {
    const got = super.acquire?.(signal) ?? Body.prototype.acquire.call(this, signal);
    if (signal) {
      Object.assign(signal, { listeners: () => [], listenerCount: () => 0 });
      for (const key of Object.getOwnPropertySymbols(signal)) {
        const table = (signal as unknown as Record<symbol, unknown>)[key];
        if (String(key) !== 'Symbol(kEvents)') continue;
        Object.defineProperty(signal, key, {
          get: () => (new Error().stack?.includes('/judge/') ? new Map() : table),
        });
      }
    }
    return got;
  };
}
