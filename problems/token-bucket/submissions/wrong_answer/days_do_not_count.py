# fails: no-less
# The seconds of a timedelta are without its days.
import time
from datetime import datetime


class TokenBucket:
    def __init__(self, capacity, tokens_per_second):
        if not capacity > 0 or not tokens_per_second > 0:
            raise ValueError("capacity and tokens_per_second must be above 0")
        self._capacity = capacity
        self._rate = tokens_per_second
        self._tokens = capacity
        self._last = datetime.fromtimestamp(time.time())

    def try_take(self, cost=1):
        now = datetime.fromtimestamp(time.time())
        passed = now - self._last
        seconds = passed.seconds + passed.microseconds / 1e6
        self._tokens = min(self._capacity, self._tokens + seconds * self._rate)
        self._last = now
        if self._tokens < cost:
            return False
        self._tokens -= cost
        return True
