# fails: stores
# Keys of different types are different keys: 1 is not True.
import asyncio
import math
import random


class Entry:
    def __init__(self, key, value):
        self.key, self.value, self.handle = key, value, None


class TtlCache:
    def __init__(self, ttl, jitter=0.0, on_expire=lambda key, value: None):
        if math.isnan(ttl) or ttl <= 0:
            raise ValueError(ttl)
        self.ttl, self.jitter, self.on_expire = ttl, jitter, on_expire
        self.entries = {}

    def set(self, key, value, ttl=None):
        ttl = self.ttl if ttl is None else ttl
        if math.isnan(ttl) or ttl <= 0:
            raise ValueError(ttl)
        self.delete(key)
        entry = self.entries[type(key), key] = Entry(key, value)
        loop = asyncio.get_running_loop()
        seconds = random.uniform(ttl, ttl * (1 + self.jitter)) / 1000
        entry.handle = loop.call_at(loop.time() + seconds, self._expire, entry)

    def set_all(self, entries):
        for key, value in entries:
            self.set(key, value)

    def _expire(self, entry):
        if self.entries.get((type(entry.key), entry.key)) is entry:
            del self.entries[type(entry.key), entry.key]
        self.on_expire(entry.key, entry.value)

    def _visible(self, key):
        entry = self.entries.get((type(key), key))
        if entry is not None and asyncio.get_running_loop().time() < entry.handle.when():
            return entry
        return None

    def get(self, key):
        entry = self._visible(key)
        return entry and entry.value

    def has(self, key):
        return self._visible(key) is not None

    def delete(self, key):
        seen = self.has(key)
        if (type(key), key) in self.entries:
            self.entries.pop((type(key), key)).handle.cancel()
        return seen

    def size(self):
        return len([key for _, key in self.entries if self.has(key)])
