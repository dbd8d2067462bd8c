# Tickets and one condition: whoever wakes up looks whether it is his turn.
import asyncio


class QueueClosedError(RuntimeError):
    def __init__(self):
        super().__init__("the queue is closed")


class BoundedQueue:
    def __init__(self, capacity):
        if capacity % 1 != 0 or not capacity >= 1:
            raise ValueError(capacity)
        self.capacity = capacity
        self.values = []
        self.lines = {"put": [], "take": []}
        self.closed = False
        self.changed = asyncio.Event()

    def ring(self):
        self.changed.set()
        self.changed = asyncio.Event()

    async def turn(self, which, is_ready):
        ticket = object()
        line = self.lines[which]
        line.append(ticket)
        try:
            while line[0] is not ticket or not is_ready():
                if which == "put" and self.closed:
                    raise QueueClosedError()
                await self.changed.wait()
                if which == "take" and self.closed and not self.values:
                    raise QueueClosedError()
        except BaseException:
            line.remove(ticket)
            self.ring()
            raise
        line.remove(ticket)

    async def put(self, value):
        if self.closed:
            raise QueueClosedError()
        await self.turn("put", lambda: not self.closed and len(self.values) < self.capacity)
        self.values.append(value)
        self.ring()

    async def take(self):
        if self.closed and not self.values:
            raise QueueClosedError()
        await self.turn("take", lambda: self.values)
        value = self.values.pop(0)
        self.ring()
        return value

    def close(self):
        self.closed = True
        self.ring()

    def size(self):
        return len(self.values)
