# fails: exclusive
# `gather` does not raise what the body raises, but it does raise when the call is cancelled.
import asyncio


class Semaphore:
    def __init__(self, permits):
        if permits % 1 != 0 or not permits >= 1:
            raise ValueError("permits must be a whole number above 0")
        self.permits = permits
        self.out = 0
        self.line = []
        self.bell = asyncio.Event()

    def ring(self):
        self.bell.set()
        self.bell = asyncio.Event()

    async def acquire(self):
        ticket = object()
        self.line.append(ticket)
        try:
            while self.out >= self.permits or self.line[0] is not ticket:
                await self.bell.wait()
            self.out += 1
        finally:
            self.line.remove(ticket)
            self.ring()
        held = [ticket]

        def release():
            if held:
                held.clear()
                self.out -= 1
                self.ring()

        return release

    async def run_exclusive(self, body):
        release = await self.acquire()
        outcome = await asyncio.gather(body(), return_exceptions=True)
        release()
        if isinstance(outcome[0], BaseException):
            raise outcome[0]
        return outcome[0]
