# A list of dicts, one for each use: who is used moves to the youngest.
class LruCache:
    def __init__(self, capacity, *, on_evict=None):
        if not (capacity == capacity and capacity == int(capacity) and capacity >= 1):
            raise ValueError("capacity")
        self.capacity, self.on_evict, self.days = int(capacity), on_evict, [{}]

    def _take(self, key):
        for day in self.days:
            if key in day:
                return day.pop(key), True
        return None, False

    def get(self, key):
        value, there = self._take(key)
        if there:
            self.days.append({key: value})
        return value

    def set(self, key, value):
        _, there = self._take(key)
        self.days = [day for day in self.days if day]
        if not there and self.size() == self.capacity:
            gone = self.days[0].popitem()
            (self.on_evict or (lambda *_: None))(*gone)
        self.days.append({key: value})

    def has(self, key):
        return any(key in day for day in self.days)

    def delete(self, key):
        return self._take(key)[1]

    def size(self):
        return sum(map(len, self.days))
