# fails: fifo
# asyncio.Queue lets a newcomer have what somebody else has just been woken for.
import asyncio


class QueueClosedError(Exception):
    pass


class BoundedQueue:
    def __init__(self, capacity):
        if not isinstance(capacity, int) or capacity < 1:
            raise ValueError("capacity")
        self._queue = asyncio.Queue(capacity)
        self._closed = asyncio.Event()

    async def put(self, value):
        await self._unless_closed(self._queue.put(value), lambda: True)

    async def take(self):
        return await self._unless_closed(self._queue.get(), self._queue.empty)

    async def _unless_closed(self, coroutine, is_over):
        if self._closed.is_set() and is_over():
            coroutine.close()
            raise QueueClosedError
        work = asyncio.ensure_future(coroutine)
        closed = asyncio.ensure_future(self._closed.wait())
        try:
            await asyncio.wait({work, closed}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                return work.result()
            work.cancel()
            raise QueueClosedError
        except asyncio.CancelledError:
            work.cancel()
            raise
        finally:
            closed.cancel()

    def close(self):
        self._closed.set()

    def size(self):
        return self._queue.qsize()
