# fails: cancels
# Without a shield: who gives up cancels the load for all.
import asyncio


class SingleFlight:
    def __init__(self, load):
        self._load = load
        self._flights = {}

    async def get(self, key):
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = _Flight(self._load(key))
            flight.task.add_done_callback(lambda _: self._forget(key, flight))
        flight.waiting += 1
        try:
            return await flight.task
        except asyncio.CancelledError:
            flight.waiting -= 1
            if flight.waiting == 0:
                self._forget(key, flight)
                flight.task.cancel()
            raise

    def size(self):
        return len(self._flights)

    def _forget(self, key, flight):
        if self._flights.get(key) is flight:
            del self._flights[key]


class _Flight:
    def __init__(self, coroutine):
        self.task = asyncio.ensure_future(coroutine)
        self.waiting = 0
