# fails: no-less, no-more?
# The moment of the last question stands in the class: asking one bucket takes time from another.
import time


class TokenBucket:
    _last = 0

    def __init__(self, capacity, tokens_per_second):
        if not capacity > 0 or not tokens_per_second > 0:
            raise ValueError("capacity and tokens_per_second must be above 0")
        self._capacity = capacity
        self._rate = tokens_per_second
        self._tokens = capacity
        TokenBucket._last = time.monotonic()

    def try_take(self, cost=1):
        now = time.monotonic()
        self._tokens = min(self._capacity, self._tokens + (now - self._last) * self._rate)
        TokenBucket._last = now
        if self._tokens < cost:
            return False
        self._tokens -= cost
        return True
