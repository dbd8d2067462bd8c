# fails: fifo
# A queue of permits: a newcomer may take the one for which somebody has just been woken.
import asyncio


class Semaphore:
    def __init__(self, permits):
        if not isinstance(permits, int) or permits < 1:
            raise ValueError("permits")
        self._permits = asyncio.Queue()
        for number in range(permits):
            self._permits.put_nowait(number)

    async def acquire(self):
        held = [await self._permits.get()]

        def release():
            if held:
                self._permits.put_nowait(held.pop())

        return release

    async def run_exclusive(self, body):
        release = await self.acquire()
        try:
            return await body()
        finally:
            release()
