# A dict into a ring of nodes.
class _Node:
    __slots__ = ("key", "value", "newer", "older")

    def __init__(self, key=None, value=None):
        self.key, self.value = key, value
        self.newer = self.older = self

    def leave(self):
        self.older.newer, self.newer.older = self.newer, self.older

    def join(self, ring):
        self.older, self.newer = ring.older, ring
        ring.older.newer = ring.older = self


class LruCache:
    def __init__(self, capacity, on_evict=lambda key, value: None):
        if capacity != capacity or capacity < 1 or int(capacity) != capacity:
            raise ValueError(capacity)
        self.capacity, self.on_evict = capacity, on_evict
        self.ring, self.nodes = _Node(), {}

    def _use(self, node):
        node.leave()
        node.join(self.ring)

    def get(self, key):
        node = self.nodes.get(key)
        if node is not None:
            self._use(node)
            return node.value

    def set(self, key, value):
        if key in self.nodes:
            node = self.nodes[key]
            node.value = value
            self._use(node)
            return
        if len(self.nodes) == self.capacity:
            oldest = self.ring.newer
            self.delete(oldest.key)
            self.on_evict(oldest.key, oldest.value)
        self.nodes[key] = node = _Node(key, value)
        node.join(self.ring)

    def has(self, key):
        return key in self.nodes

    def delete(self, key):
        node = self.nodes.pop(key, None)
        if node is None:
            return False
        node.leave()
        return True

    def size(self):
        return len(self.nodes)
