# fails: prompt, exclusive
# Callers who gave up stay in the line, and the permits that come to them are lost.
import asyncio
from collections import deque


class Semaphore:
    def __init__(self, permits):
        if not isinstance(permits, int) or permits < 1:
            raise ValueError(f"permits must be a whole number above 0, not {permits!r}")
        self._free = permits
        self._waiters = deque()

    async def acquire(self):
        if self._free > 0:
            self._free -= 1
            return self._releaser()
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            await waiter
        except asyncio.CancelledError:
            if not waiter.cancelled():  # the permit came in the same turn
                self._hand_on()
            raise
        return self._releaser()

    async def run_exclusive(self, body):
        release = await self.acquire()
        try:
            return await body()
        finally:
            release()

    def _releaser(self):
        released = False

        def release():
            nonlocal released
            if not released:
                released = True
                self._hand_on()

        return release

    def _hand_on(self):
        if self._waiters:
            waiter = self._waiters.popleft()
            if not waiter.done():
                waiter.set_result(None)
        else:
            self._free += 1
