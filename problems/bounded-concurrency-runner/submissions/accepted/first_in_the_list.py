# Waits for the first to be done; of several failures in one turn it reports the one that comes
# first in the list.
import asyncio


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    if not limit >= 1 or limit % 1 != 0:
        raise ValueError("limit")
    results = [None] * len(tasks)
    waiting = list(enumerate(tasks))[::-1]
    running = {}
    try:
        while waiting or running:
            while waiting and len(running) < limit:
                index, function = waiting.pop()
                running[asyncio.create_task(function())] = index
            done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            failures = []
            for task in sorted(done, key=running.get):
                index = running.pop(task)
                error = task.exception()
                if mode == "collect" and error is not None:
                    results[index] = {"status": "rejected", "reason": error}
                elif mode == "collect":
                    results[index] = {"status": "fulfilled", "value": task.result()}
                elif error is not None:
                    failures.append(error)
                else:
                    results[index] = task.result()
            if failures:
                raise failures[0]
        return results
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
