# fails: counts, spreads?, jitter?
# `size` counts what has expired until it is swept away.
import asyncio
import random
import time


class TtlCache:
    def __init__(self, ttl, *, jitter=0, on_expire=None):
        _check(ttl)
        self._ttl = ttl
        self._jitter = jitter
        self._on_expire = on_expire
        self._entries = {}
        self._timer = None

    def set(self, key, value, ttl=None):
        if ttl is None:
            ttl = self._ttl
        _check(ttl)
        life = ttl * (1 + random.random() * self._jitter)
        self._entries[key] = (value, time.monotonic() + life / 1000)
        self._arm()

    def set_all(self, entries):
        for key, value in entries:
            self.set(key, value)

    def get(self, key):
        return self._entries[key][0] if self.has(key) else None

    def has(self, key):
        return key in self._entries and time.monotonic() < self._entries[key][1]

    def delete(self, key):
        seen = self.has(key)
        if seen:
            del self._entries[key]
        return seen

    def size(self):
        return len(self._entries)

    def _arm(self):
        if self._timer is None and self._entries:
            self._timer = asyncio.get_running_loop().call_later(0.5, self._sweep)

    def _sweep(self):
        self._timer = None
        for key, (value, _) in list(self._entries.items()):
            if self.has(key):
                continue
            del self._entries[key]
            if self._on_expire is not None:
                self._on_expire(key, value)
        self._arm()


def _check(ttl):
    if not ttl > 0:
        raise ValueError("ttl must be above 0")
