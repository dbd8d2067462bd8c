// A doubly linked list of waiters, so that leaving the queue costs nothing.
type Release = () => void;

interface Node {
  previous: Node | null;
  next: Node | null;
  grant: () => void;
}

export class Semaphore {
  private head: Node | null = null;
  private tail: Node | null = null;
  private out = 0;

  constructor(private readonly permits: number) {
    if (!(Number.isSafeInteger(permits) && permits >= 1)) {
      throw new RangeError(`cannot hand out ${permits} permits`);
    }
  }

  async acquire(signal?: AbortSignal): Promise<Release> {
    signal?.throwIfAborted();
    if (this.out >= this.permits) await this.wait(signal);
    else this.out += 1;
    return this.makeRelease();
  }

  async runExclusive<T>(body: () => Promise<T> | T): Promise<T> {
    const release = await this.acquire();
    return new Promise<T>((resolve) => resolve(body())).finally(release);
  }

  private wait(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const node: Node = { previous: this.tail, next: null, grant: () => undefined };
      const leave = (): void => {
        this.unlink(node);
        reject(signal?.reason);
      };
      node.grant = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      if (this.tail) this.tail.next = node;
      else this.head = node;
      this.tail = node;
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  private unlink(node: Node): void {
    if (node.previous) node.previous.next = node.next;
    else this.head = node.next;
    if (node.next) node.next.previous = node.previous;
    else this.tail = node.previous;
  }

  private makeRelease(): Release {
    let mine = true;
    return () => {
      if (!mine) return;
      mine = false;
      const first = this.head;
      if (!first) {
        this.out -= 1;
        return;
      }
      this.unlink(first);
      first.grant();
    };
  }
}
