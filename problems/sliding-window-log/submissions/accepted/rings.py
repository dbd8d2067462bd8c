# A ring of the last `limit` admissions a key: only the slot that is overwritten next is looked at.
import time


class SlidingWindowLog:
    __slots__ = "limit", "window", "rings"

    def __init__(self, limit, window_ms):
        if any(value != value or value % 1 or value <= 0 for value in (limit, window_ms)):
            raise ValueError((limit, window_ms))
        self.limit, self.window, self.rings = int(limit), int(window_ms), {}

    def _slot(self, key):
        ring, head = self.rings.get(key, ((), 0))
        return (ring[head] if head < len(ring) else None), ring, head

    def retry_after(self, key):
        at = self._slot(key)[0]
        return 0 if at is None else max(0, at + self.window - time.monotonic_ns() // 1_000_000)

    def try_acquire(self, key):
        if self.retry_after(key):
            return False
        _, ring, head = self._slot(key)
        ring = list(ring)
        ring[head:head + 1] = [time.monotonic_ns() // 1_000_000]
        self.rings[key] = ring, (head + 1) % self.limit
        return True
