# Keeps one number, the moment at which the bucket would be full again, in whole nanoseconds.
import time

SECOND = 1_000_000_000


class TokenBucket:
    __slots__ = ("full_at", "per_token", "depth")

    def __init__(self, capacity, tokens_per_second):
        for value in (capacity, tokens_per_second):
            if value != value or value <= 0:
                raise ValueError(value)
        self.per_token = round(SECOND / tokens_per_second)
        self.depth = capacity * self.per_token
        self.full_at = 0

    def try_take(self, cost=1):
        now = time.monotonic_ns()
        full_at = max(now, self.full_at) + cost * self.per_token
        if full_at - now > self.depth:
            return False
        self.full_at = full_at
        return True
