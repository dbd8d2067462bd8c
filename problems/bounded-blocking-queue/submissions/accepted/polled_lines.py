# Odd but right: everybody who waits looks in every round of the loop; for that a loop of callbacks runs while anybody
# waits and something has changed.
import asyncio


class QueueClosedError(Exception):
    pass


class Request:
    def __init__(self, value=None):
        self.value = value
        self.future = asyncio.get_running_loop().create_future()


class BoundedQueue:
    def __init__(self, capacity):
        if not (isinstance(capacity, int) and capacity > 0):
            raise ValueError("capacity")
        self._room = capacity
        self._values, self._puts, self._takes = [], [], []
        self._is_closed = self._is_due = False

    def _soon(self):
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_soon(self._round)

    def _round(self):
        self._is_due = False
        self._puts[:] = [each for each in self._puts if not each.future.done()]
        self._takes[:] = [each for each in self._takes if not each.future.done()]
        moved = False
        if self._puts and len(self._values) < self._room:
            request = self._puts.pop(0)
            self._values.append(request.value)
            request.future.set_result(None)
            moved = True
        if self._takes and self._values:
            self._takes.pop(0).future.set_result(self._values.pop(0))
            moved = True
        if moved:
            self._soon()
        elif self._is_closed:
            for request in self._puts + (self._takes if not self._values else []):
                request.future.set_exception(QueueClosedError())

    async def _ask(self, line, request):
        line.append(request)
        self._soon()
        try:
            return await request.future
        except asyncio.CancelledError:
            self._soon()
            if request.future.cancelled() or request.future.exception():
                raise
            return request.future.result()

    async def put(self, value):
        if self._is_closed:
            raise QueueClosedError()
        await self._ask(self._puts, Request(value))

    async def take(self):
        return await self._ask(self._takes, Request())

    def close(self):
        self._is_closed = True
        self._soon()

    def size(self):
        return len(self._values)
