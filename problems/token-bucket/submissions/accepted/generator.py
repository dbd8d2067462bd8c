# Odd but right: a generator that is sent prices and yields answers; its whole tokens come back one by one.
import time
from collections import deque


def _bucket(capacity, pause):
    returning = deque()
    answer = None
    while True:
        cost = yield answer
        now = time.perf_counter()
        while returning and returning[0] <= now:
            returning.popleft()
        answer = len(returning) + cost <= capacity
        if answer:
            first = returning[-1] if returning else now
            returning.extend(first + pause * (i + 1) for i in range(cost))


class TokenBucket:
    def __init__(self, capacity, tokens_per_second):
        if not (capacity > 0 and tokens_per_second > 0):
            raise ValueError("capacity and rate")
        self._ask = _bucket(capacity, 1 / tokens_per_second)
        next(self._ask)

    def try_take(self, cost=1):
        return self._ask.send(cost)
