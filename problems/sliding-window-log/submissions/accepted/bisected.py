# A sorted list of the moments at which requests stop counting, looked into by bisection.
import bisect
import math
import time


class SlidingWindowLog:
    def __init__(self, limit, window_ms):
        if math.isnan(limit) or math.isnan(window_ms):
            raise ValueError("not a number")
        if limit != math.floor(limit) or window_ms != math.floor(window_ms):
            raise ValueError("whole numbers only")
        if limit <= 0 or window_ms <= 0:
            raise ValueError("above 0 only")
        self.__limit = limit
        self.__window = window_ms
        self.__until = {}

    @staticmethod
    def __now():
        return time.monotonic_ns() // 1_000_000

    def __counting(self, key, now):
        until = self.__until.setdefault(key, [])
        del until[:bisect.bisect_right(until, now)]
        return until

    def try_acquire(self, key):
        now = self.__now()
        until = self.__counting(key, now)
        room = len(until) < self.__limit
        if room:
            until.append(now + self.__window)
        return room

    def retry_after(self, key):
        now = self.__now()
        until = self.__counting(key, now)
        return until[-self.__limit] - now if len(until) >= self.__limit else 0
