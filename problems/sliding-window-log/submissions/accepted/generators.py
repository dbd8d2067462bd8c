# Odd but right: for each key a ring that a generator keeps; it is sent whether to take or only to look.
import functools
import time


def _ring(limit, window):
    moments = [None] * limit
    wait = None
    position = 0
    while True:
        take = yield wait
        now = time.time_ns() // 1_000_000
        oldest = moments[position]
        wait = 0 if oldest is None else max(0, oldest + window - now)
        if take and not wait:
            moments[position] = now
            position = (position + 1) % limit


class SlidingWindowLog:
    def __init__(self, limit, window_ms):
        if {type(limit), type(window_ms)} != {int} or min(limit, window_ms) <= 0:
            raise ValueError((limit, window_ms))

        @functools.lru_cache(maxsize=None)
        def of_key(key):
            ring = _ring(limit, window_ms)
            next(ring)
            return ring

        self.try_acquire = lambda key: of_key(key).send(True) == 0
        self.retry_after = lambda key: of_key(key).send(False)
