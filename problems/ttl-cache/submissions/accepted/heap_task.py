# A heap of ends and a task that sleeps until the first of them.
import asyncio
import heapq
import itertools
import random
import time


class TtlCache:
    def __init__(self, ttl, *, jitter=0, on_expire=None):
        self._ttl = self._positive(ttl)
        self._jitter, self._on_expire = jitter, on_expire
        self._heap, self._live = [], {}
        self._numbers = itertools.count()
        self._task = None

    @staticmethod
    def _positive(ttl):
        if ttl > 0:
            return ttl
        raise ValueError("a time must be above 0")

    def set(self, key, value, ttl=None):
        life = self._positive(self._ttl if ttl is None else ttl)
        self._purge()
        life += life * self._jitter * random.random()
        entry = (time.time() * 1000 + life, next(self._numbers), key, value)
        self._live[key] = entry
        heapq.heappush(self._heap, entry)
        if self._task is None:
            self._task = asyncio.ensure_future(self._watch())

    def set_all(self, entries):
        for entry in entries:
            self.set(*entry)

    async def _watch(self):
        while self._heap:
            left = self._heap[0][0] - time.time() * 1000
            await asyncio.sleep(min(max(left, 1), 300) / 1000)
            self._purge()
        self._task = None

    def _purge(self):
        now = time.time() * 1000
        while self._heap and self._heap[0][0] <= now:
            entry = heapq.heappop(self._heap)
            if self._live.get(entry[2]) is entry:
                del self._live[entry[2]]
                if self._on_expire:
                    self._on_expire(entry[2], entry[3])

    def get(self, key):
        self._purge()
        return self._live[key][3] if key in self._live else None

    def has(self, key):
        self._purge()
        return key in self._live

    def delete(self, key):
        self._purge()
        return self._live.pop(key, None) is not None

    def size(self):
        self._purge()
        return len(self._live)
