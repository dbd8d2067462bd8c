# A dict keeps the order in which keys came: a use takes the key out and puts it in again.
class LruCache(dict):
    def __init__(self, capacity, on_evict=None):
        super().__init__()
        if type(capacity) is not int or capacity <= 0:
            raise ValueError(f"{capacity!r} is no capacity")
        self.capacity = capacity
        self.on_evict = on_evict

    def get(self, key):
        if key in self:
            self[key] = self.pop(key)
            return self[key]
        return None

    def set(self, key, value):
        known = key in self
        if known:
            del self[key]
        elif self.size() == self.capacity:
            oldest = next(iter(self))
            evicted = self.pop(oldest)
            if self.on_evict:
                self.on_evict(oldest, evicted)
        self[key] = value

    def has(self, key):
        return key in self

    def delete(self, key):
        missing = object()
        return self.pop(key, missing) is not missing

    def size(self):
        return len(self)
