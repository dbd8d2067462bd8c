# fails: quiet
# Looks at the error only when somebody waits: that of a load which was left in the same
# turn is never retrieved.
import asyncio


class SingleFlight:
    def __init__(self, load):
        self.load = load
        self.callers = {}  # key -> (task, set of futures)

    async def get(self, key):
        loop = asyncio.get_running_loop()
        if key not in self.callers:
            task = loop.create_task(self.load(key))
            futures = set()
            self.callers[key] = task, futures
            task.add_done_callback(lambda done: self.landed(key, done, futures))
        task, futures = self.callers[key]
        mine = loop.create_future()
        futures.add(mine)
        try:
            return await mine
        finally:
            futures.discard(mine)
            if not futures and not task.done():
                self.remove(key, task)
                task.cancel()

    def landed(self, key, task, futures):
        self.remove(key, task)
        for future in futures:
            if future.done():
                continue
            if task.cancelled():
                future.cancel()
            elif task.exception() is not None:
                future.set_exception(task.exception())
            else:
                future.set_result(task.result())

    def remove(self, key, task):
        if key in self.callers and self.callers[key][0] is task:
            del self.callers[key]

    def size(self):
        return len(self.callers)
