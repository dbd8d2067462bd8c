// A ring of the last `limit` moments for each key: the one about to be overwritten decides.
interface Ring {
  moments: number[];
  next: number;
}

export class SlidingWindowLog {
  private readonly rings: Map<string, Ring> = new Map();

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
  ) {
    if (!(limit % 1 === 0 && limit > 0)) throw new RangeError(`limit ${limit}`);
    if (!(windowMs % 1 === 0 && windowMs > 0)) throw new RangeError(`windowMs ${windowMs}`);
  }

  tryAcquire(key: string): boolean {
    if (this.retryAfter(key) > 0) return false;
    let ring = this.rings.get(key);
    if (!ring) {
      ring = { moments: new Array<number>(this.limit).fill(-Infinity), next: 0 };
      this.rings.set(key, ring);
    }
    ring.moments[ring.next] = Date.now();
    ring.next = (ring.next + 1) % this.limit;
    return true;
  }

  retryAfter(key: string): number {
    const ring = this.rings.get(key);
    if (!ring) return 0;
    return Math.max(0, ring.moments[ring.next] + this.windowMs - Date.now());
  }
}
