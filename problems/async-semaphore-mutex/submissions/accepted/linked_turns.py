# Every caller waits for the turn of the one before, then for a slot: a chain of futures. Whoever
# gives up lets the next one through.
import asyncio


class Semaphore:
    def __init__(self, permits):
        if permits // 1 != permits or permits < 1:
            raise ValueError("permits must be a whole number above 0")
        self._slots = permits
        self._freed = None   # awaited by the head of the chain alone
        self._last = None    # done once everybody before has a permit or gave up

    async def acquire(self):
        before, mine = self._last, asyncio.get_running_loop().create_future()
        self._last = mine
        try:
            while before is not None and not before.done():
                await asyncio.wait([before])
            while self._slots == 0:
                self._freed = asyncio.get_running_loop().create_future()
                await self._freed
            self._slots -= 1
        except asyncio.CancelledError:
            if before is not None and not before.done():
                before.add_done_callback(lambda _: mine.set_result(None))
            else:
                mine.set_result(None)
            raise
        mine.set_result(None)
        return _Release(self)

    async def run_exclusive(self, body):
        release = await self.acquire()
        try:
            return await body()
        finally:
            release()

    def _give_back(self):
        self._slots += 1
        if self._freed is not None and not self._freed.done():
            self._freed.set_result(None)


class _Release:
    def __init__(self, semaphore):
        self._semaphore = semaphore

    def __call__(self):
        semaphore, self._semaphore = self._semaphore, None
        if semaphore is not None:
            semaphore._give_back()
