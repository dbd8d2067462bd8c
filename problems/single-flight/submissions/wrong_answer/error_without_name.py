# fails: passes-on, plain-loads, cancels
# Keeps the error in a closure; but the name that `except` binds is gone when its block is left.
import asyncio


class _Load:
    def __init__(self, forget):
        self.bell = asyncio.Event()
        self.guests = 0
        self.outcome = None
        self.forget = forget

    async def run(self, load, key):
        try:
            value = await load(key)
        except Exception as error:
            self.outcome = lambda: _raise(error)
        else:
            self.outcome = lambda: value
        self.forget(self)
        self.bell.set()


def _raise(error):
    raise error


class SingleFlight:
    def __init__(self, load):
        self._function = load
        self._loads = []  # of [key, load, its task]

    async def get(self, key):
        for entry in self._loads:
            if entry[0] == key and type(entry[0]) is type(key):
                break
        else:
            load = _Load(self._forget)
            entry = [key, load, asyncio.ensure_future(load.run(self._function, key))]
            self._loads.append(entry)
        _, load, task = entry
        load.guests += 1
        try:
            await load.bell.wait()
        except asyncio.CancelledError:
            load.guests -= 1
            if not load.guests and load.outcome is None:
                self._forget(load)
                task.cancel()
            raise
        return load.outcome()

    def _forget(self, load):
        self._loads = [each for each in self._loads if each[1] is not load]

    def size(self):
        return len(self._loads)
