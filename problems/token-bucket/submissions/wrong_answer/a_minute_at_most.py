# fails: no-less
# Never believes that more than a minute has passed, so a large bucket does not fill up.
import time


class TokenBucket:
    def __init__(self, capacity, tokens_per_second):
        if not capacity > 0 or not tokens_per_second > 0:
            raise ValueError("capacity and tokens_per_second must be above 0")
        self._capacity = capacity
        self._rate = tokens_per_second
        self._tokens = capacity
        self._last = time.monotonic()

    def try_take(self, cost=1):
        now = time.monotonic()
        self._tokens = min(self._capacity, self._tokens + min(now - self._last, 60) * self._rate)
        self._last = now
        if self._tokens < cost:
            return False
        self._tokens -= cost
        return True
