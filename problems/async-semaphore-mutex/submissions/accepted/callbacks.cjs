// Callbacks inside, util.promisify outside; that takes a falsy error for none, so aborts are results.
// A doubly linked list; setImmediate between release and grant.
const { promisify } = require('node:util');
class Semaphore {
  constructor(permits) {
    if (permits !== Math.floor(permits) || !(permits > 0)) throw new RangeError('permits must be a positive integer');
    this.left = permits;
    this.root = {};
    this.root.next = this.root.prev = this.root;
    this.due = false;
    this.queue = promisify(this.wait.bind(this));
  }
  wait(...args) {
    const callback = args.pop();
    const [signal] = args;
    if (signal && signal.aborted) return void callback(null, { reason: signal.reason });
    const node = { callback, prev: this.root.prev, next: this.root };
    node.prev.next = this.root.prev = node;
    node.leave = () => {
      node.prev.next = node.next;
      node.next.prev = node.prev;
      if (signal) signal.removeEventListener('abort', node.abort);
    };
    node.abort = () => { node.leave(); callback(null, { reason: signal.reason }); };
    if (signal) signal.addEventListener('abort', node.abort);
    this.serve();
  }
  serve() {
    while (this.left > 0 && this.root.next !== this.root) {
      const node = this.root.next;
      node.leave();
      this.left -= 1;
      let open = true;
      const release = () => {
        if (!open) return;
        open = false;
        this.left += 1;
        if (this.due) return;
        this.due = true;
        setImmediate(() => { this.due = false; this.serve(); });
      };
      node.callback(null, { release });
    }
  }
  async acquire(...args) {
    const { release, reason } = await this.queue(...args);
    if (!release) throw reason;
    return release;
  }
  async runExclusive(body) {
    const release = await this.acquire();
    let outcome;
    try { outcome = { value: await body() }; } catch (error) { outcome = { error }; }
    release();
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }
}
exports.Semaphore = Semaphore;
