# Odd but right: buckets of a quarter of a second, each with a timer of its own; a subclass of dict.
import asyncio
import random
import time


def now():
    return time.monotonic_ns() / 1e6


class TtlCache(dict):
    BUCKET = 250

    def __init__(self, ttl, **options):
        super().__init__()
        if not 0 < ttl:
            raise ValueError("ttl")
        self.ttl = ttl
        self.options = options
        self.buckets = {}

    def set(self, key, value, ttl=...):
        life = self.ttl if ttl in (None, ...) else ttl
        if not 0 < life:
            raise ValueError("ttl")
        end = now() + life * random.uniform(1, 1 + self.options.get("jitter", 0))
        self[key] = record = [value, end]
        number = int(end // self.BUCKET) + 1
        if number not in self.buckets:
            self.buckets[number] = []
            delay = (number * self.BUCKET - now()) / 1000
            asyncio.get_running_loop().call_later(delay + 0.001, self.empty, number)
        self.buckets[number].append((key, record))

    def set_all(self, entries):
        any(self.set(key, value) for key, value in entries)

    def empty(self, number):
        for key, record in self.buckets.pop(number):
            if super().get(key) is record:
                del self[key]
                if self.options.get("on_expire"):
                    self.options["on_expire"](key, record[0])

    def get(self, key, default=None):
        value, end = super().get(key, (default, 0))
        return value if now() < end else default

    def has(self, key):
        return self.get(key, self) is not self

    def delete(self, key):
        return self.has(key) and bool(self.pop(key))

    def size(self):
        return sum(map(self.has, self))
