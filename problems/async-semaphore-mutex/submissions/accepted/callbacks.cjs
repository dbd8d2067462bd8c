// Callbacks inside, util.promisify outside; a doubly linked list; setImmediate between release and grant.
const { promisify } = require('node:util');
class Semaphore {
  constructor(permits) {
    if (permits !== Math.floor(permits) || !(permits > 0)) throw new RangeError('permits must be a positive integer');
    this.left = permits;
    this.root = {};
    this.root.next = this.root.prev = this.root;
    this.due = false;
    this.acquire = promisify(this.wait.bind(this));
  }
  wait(...args) {
    const callback = args.pop();
    const [signal] = args;
    if (signal && signal.aborted) { callback(signal.reason ?? new Error('aborted')); return; }
    const node = { callback, prev: this.root.prev, next: this.root };
    node.prev.next = this.root.prev = node;
    node.leave = () => {
      node.prev.next = node.next;
      node.next.prev = node.prev;
      if (signal) signal.removeEventListener('abort', node.abort);
    };
    node.abort = () => { node.leave(); callback(signal.reason); };
    if (signal) signal.addEventListener('abort', node.abort);
    this.serve();
  }
  serve() {
    while (this.left > 0 && this.root.next !== this.root) {
      const node = this.root.next;
      node.leave();
      this.left -= 1;
      let open = true;
      node.callback(null, () => {
        if (!open) return;
        open = false;
        this.left += 1;
        if (this.due) return;
        this.due = true;
        setImmediate(() => { this.due = false; this.serve(); });
      });
    }
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
