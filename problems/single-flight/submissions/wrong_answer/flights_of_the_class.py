# fails: parallel, passes-on
# The flights are an attribute of the class, so that all objects share them.
import asyncio


class SingleFlight:
    _flights = {}

    def __init__(self, load):
        self._load = load

    async def get(self, key):
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = _Flight(self._load(key))
            flight.task.add_done_callback(lambda _: self._forget(key, flight))
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
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
