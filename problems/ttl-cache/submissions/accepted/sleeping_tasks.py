# A task for each entry that sleeps until it is due.
import asyncio
import random
import time


class TtlCache:
    def __init__(self, ttl, *, jitter=0, on_expire=None):
        self.ttl, self.jitter, self.on_expire = self._good(ttl), jitter, on_expire
        self.seen = {}

    @staticmethod
    def _good(ttl):
        if ttl > 0:
            return ttl
        raise ValueError(f"{ttl} is not above 0")

    def set(self, key, value, ttl=None):
        life = self._good(self.ttl if ttl is None else ttl) * (1 + self.jitter * random.random()) / 1000
        self.delete(key)
        task = asyncio.ensure_future(self._live(key, value, life))
        self.seen[key] = value, time.monotonic() + life, task

    async def _live(self, key, value, life):
        end = time.monotonic() + life
        while time.monotonic() < end:
            await asyncio.sleep(min(end - time.monotonic(), 1000000))
        if self.seen.get(key, (None, None, None))[2] is asyncio.current_task():
            del self.seen[key]
        if self.on_expire:
            self.on_expire(key, value)

    def set_all(self, entries):
        [self.set(*entry) for entry in entries]

    def _good_entries(self):
        now = time.monotonic()
        return {key: value for key, (value, end, _) in self.seen.items() if now < end}

    def get(self, key):
        return self._good_entries().get(key)

    def has(self, key):
        return key in self._good_entries()

    def delete(self, key):
        there = self.has(key)
        if key in self.seen:
            self.seen.pop(key)[2].cancel()
        return there

    def size(self):
        return len(self._good_entries())
