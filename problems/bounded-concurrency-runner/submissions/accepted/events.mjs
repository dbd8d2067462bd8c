// Event-driven: an emitter per call knows of starts, ends and of the outcome.
import { EventEmitter } from 'node:events';

export function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  return new Promise((resolve, reject) => {
    if (!Number.isSafeInteger(limit) || limit <= 0) throw new RangeError('limit');
    if (signal?.aborted) throw signal.reason;
    const bus = new EventEmitter();
    const child = new AbortController();
    const records = Array(tasks.length);
    const queue = tasks.entries();
    let open = tasks.length;

    const left = () => bus.emit('over', () => reject(signal.reason));
    signal?.addEventListener('abort', left);

    bus.once('over', (settle) => {
      bus.removeAllListeners('slot').removeAllListeners('end');
      signal?.removeEventListener('abort', left);
      settle();
      child.abort();
    });
    bus.on('slot', () => {
      const { done, value: entry } = queue.next();
      if (done) return;
      const [index, task] = entry;
      new Promise((fulfil) => fulfil(task(child.signal))).then(
        (value) => bus.emit('end', index, { status: 'fulfilled', value }),
        (reason) => bus.emit('end', index, { status: 'rejected', reason }),
      );
    });
    bus.on('end', (index, record) => {
      if (mode !== 'collect' && record.status === 'rejected') {
        bus.emit('over', () => reject(record.reason));
        return;
      }
      records[index] = record;
      open -= 1;
      if (open > 0) bus.emit('slot');
      else bus.emit('over', () => resolve(records.map((r) => (mode === 'collect' ? r : r.value))));
    });

    if (open === 0) bus.emit('over', () => resolve([]));
    for (let i = 0; i < Math.min(limit, tasks.length); i++) bus.emit('slot');
  });
}
