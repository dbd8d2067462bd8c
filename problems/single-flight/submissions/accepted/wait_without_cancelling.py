# asyncio.wait leaves alone what it waits for, also when it is cancelled itself.
import asyncio
from collections import Counter


class SingleFlight:
    def __init__(self, load):
        async def call(key):
            return await load(key)

        self._call = call
        self._tasks = {}
        self._waiting = Counter()

    async def get(self, key):
        if key not in self._tasks:
            self._tasks[key] = asyncio.create_task(self._call(key))
        task = self._tasks[key]
        self._waiting[task] += 1
        try:
            await asyncio.wait([task])
        finally:
            self._waiting[task] -= 1
            alone = self._waiting[task] == 0
            if alone:
                del self._waiting[task]
            if (alone or task.done()) and self._tasks.get(key) is task:
                del self._tasks[key]
            if task.done() and not task.cancelled():
                task.exception()
            elif alone:
                task.cancel()
        return task.result()

    def size(self):
        return len(self._tasks)
