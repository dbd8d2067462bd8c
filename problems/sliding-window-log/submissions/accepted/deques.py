# A deque of moments for each key; what does not count any more leaves at the left.
import time
from collections import defaultdict, deque


class SlidingWindowLog:
    def __init__(self, limit, window_ms):
        for value in (limit, window_ms):
            if not isinstance(value, int) or value < 1:
                raise ValueError(f"{value!r} is no whole number above 0")
        self._limit = limit
        self._window = window_ms
        self._logs = defaultdict(deque)

    def _log(self, key, now):
        log = self._logs[key]
        while log and now - log[0] >= self._window:
            log.popleft()
        return log

    def try_acquire(self, key):
        now = time.time_ns() // 1_000_000
        log = self._log(key, now)
        if len(log) >= self._limit:
            return False
        log.append(now)
        return True

    def retry_after(self, key):
        now = time.time_ns() // 1_000_000
        log = self._log(key, now)
        return 0 if len(log) < self._limit else log[0] + self._window - now
