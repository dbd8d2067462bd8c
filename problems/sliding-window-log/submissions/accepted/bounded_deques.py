# deque(maxlen=limit): the oldest of the last `limit` moments alone decides.
from collections import deque
from time import time_ns


class SlidingWindowLog:
    def __init__(self, limit, window_ms):
        if not (limit >= 1 and window_ms >= 1 and limit % 1 == 0 and window_ms % 1 == 0):
            raise ValueError("limit and window_ms must be whole numbers above 0")
        self.limit, self.window, self.logs = int(limit), window_ms, {}

    def retry_after(self, key):
        log = self.logs.get(key, ())
        if len(log) < self.limit:
            return 0
        return max(0, log[0] + self.window - time_ns() // 10 ** 6)

    def try_acquire(self, key):
        if self.retry_after(key):
            return False
        self.logs.setdefault(key, deque(maxlen=self.limit)).append(time_ns() // 10 ** 6)
        return True
