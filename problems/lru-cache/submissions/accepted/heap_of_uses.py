# Odd but right: a heap of uses, of which only the last of each key counts.
import heapq
from itertools import count


class LruCache:
    def __init__(self, capacity, **options):
        if capacity % 1 or not capacity > 0:
            raise ValueError("capacity")
        self.__capacity = int(capacity)
        self.__on_evict = options.get("on_evict")
        self.__entries = {}
        self.__heap = []
        self.__uses = count()

    def __use(self, key, value):
        use = next(self.__uses)
        self.__entries[key] = value, use
        heapq.heappush(self.__heap, (use, id(key), key))
        return value

    def get(self, key):
        try:
            value, _ = self.__entries[key]
        except KeyError:
            return None
        return self.__use(key, value)

    def set(self, key, value):
        gone = None
        if key not in self.__entries and len(self.__entries) >= self.__capacity:
            while gone is None:
                use, _, oldest = heapq.heappop(self.__heap)
                if oldest in self.__entries and self.__entries[oldest][1] == use:
                    gone = oldest, self.__entries.pop(oldest)[0]
        self.__use(key, value)
        if gone and self.__on_evict:
            self.__on_evict(*gone)
        return self

    def has(self, key):
        return key in self.__entries

    def delete(self, key):
        return self.__entries.pop(key, None) is not None

    def size(self):
        return len(self.__entries)
