# The library's own semaphore, with release functions around it.
import asyncio


class Semaphore(asyncio.Semaphore):
    def __init__(self, permits):
        if permits != int(permits if permits == permits else 0) or permits < 1:
            raise ValueError("permits")
        super().__init__(permits)

    async def acquire(self):
        await super().acquire()
        once = iter([self.release])
        return lambda: next(once, lambda: None)()

    async def run_exclusive(self, body):
        async with _Held(self):
            return await body()


class _Held:
    def __init__(self, semaphore):
        self.semaphore = semaphore

    async def __aenter__(self):
        self.release = await self.semaphore.acquire()

    async def __aexit__(self, *_):
        self.release()
