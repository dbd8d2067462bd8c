# fails: reports-evictions, updates-refresh?
# Evictions are reported by the loop, when `set` has returned already.
import asyncio
from collections import OrderedDict


class LruCache:
    def __init__(self, capacity, *, on_evict=None):
        if not isinstance(capacity, int) or capacity < 1:
            raise ValueError("capacity must be 1 or more")
        self._capacity = capacity
        self._on_evict = on_evict
        self._entries = OrderedDict()

    def get(self, key):
        if key not in self._entries:
            return None
        self._entries.move_to_end(key)
        return self._entries[key]

    def set(self, key, value):
        self._entries[key] = value
        self._entries.move_to_end(key)
        if len(self._entries) > self._capacity:
            oldest, evicted = self._entries.popitem(last=False)
            if self._on_evict is not None:
                asyncio.get_event_loop().call_soon(self._on_evict, oldest, evicted)

    def has(self, key):
        return key in self._entries

    def delete(self, key):
        if key not in self._entries:
            return False
        del self._entries[key]
        return True

    def size(self):
        return len(self._entries)
