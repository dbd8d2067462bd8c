# fails: cancels, bounded, fifo, exclusive
# Takes a cancellation for a reason to go on with an empty hand.
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
            if not waiter.cancelled():
                self._hand_on()
            return lambda: None
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
        while self._waiters:
            waiter = self._waiters.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return
        self._free += 1
