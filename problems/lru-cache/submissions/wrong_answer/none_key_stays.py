# fails: evicts-oldest
# Takes the key None for no key, so that it is never evicted.
class LruCache:
    def __init__(self, capacity, *, on_evict=None):
        if not isinstance(capacity, int) or capacity < 1:
            raise ValueError("capacity")
        self._capacity, self._on_evict, self._d = capacity, on_evict, {}

    def get(self, key):
        if key not in self._d:
            return None
        self._d[key] = value = self._d.pop(key)
        return value

    def set(self, key, value):
        if key in self._d:
            del self._d[key]
        elif len(self._d) >= self._capacity:
            oldest = next(iter(self._d), None)
            if oldest is not None:
                gone = self._d.pop(oldest)
                if self._on_evict is not None:
                    self._on_evict(oldest, gone)
        self._d[key] = value

    def has(self, key):
        return key in self._d

    def delete(self, key):
        if key in self._d:
            del self._d[key]
            return True
        return False

    def size(self):
        return len(self._d)
