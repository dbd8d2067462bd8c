# No worker coroutines: plain asyncio tasks, done callbacks, and one future for the outcome. Odd,
# but right.
import asyncio
from collections import deque


class _Run:
    def __init__(self, tasks, limit, collecting):
        self.waiting = deque(enumerate(tasks))
        self.room = limit
        self.collecting = collecting
        self.results = [None] * len(tasks)
        self.running = {}
        self.outcome = asyncio.get_running_loop().create_future()

    def fill(self):
        while self.waiting and len(self.running) < self.room:
            index, function = self.waiting.popleft()
            task = asyncio.get_running_loop().create_task(function())
            self.running[task] = index
            task.add_done_callback(self.on_done)
        if not self.running and not self.outcome.done():
            self.outcome.set_result(self.results)

    def on_done(self, task):
        index = self.running.pop(task)
        error = None if task.cancelled() else task.exception()
        if self.outcome.done() or task.cancelled():
            return
        if self.collecting:
            self.results[index] = (
                {"status": "fulfilled", "value": task.result()}
                if error is None
                else {"status": "rejected", "reason": error}
            )
        elif error is not None:
            self.stop()
            self.outcome.set_exception(error)
            return
        else:
            self.results[index] = task.result()
        self.fill()

    def stop(self):
        self.waiting.clear()
        for task in self.running:
            task.cancel()


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    if limit != limit or limit <= 0 or limit != int(limit):
        raise ValueError(f"bad limit {limit}")
    run = _Run(tasks, limit, mode == "collect")
    run.fill()
    try:
        return await run.outcome
    except asyncio.CancelledError:
        run.stop()
        raise
