# fails: fails-fast
# A task that raises a TimeoutError of its own counts as one that has no result.
import asyncio
import math


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    if math.isnan(limit) or limit < 1 or int(limit) != limit:
        raise ValueError("limit")
    collecting = mode == "collect"
    results = [None] * len(tasks)
    errors = []
    running = set()

    async def perform(index, function):
        try:
            value = await function()
        except TimeoutError:
            results[index] = dict(status="fulfilled", value=None) if collecting else None
        except Exception as error:
            if collecting:
                results[index] = dict(status="rejected", reason=error)
            else:
                errors.append(error)
        else:
            results[index] = dict(status="fulfilled", value=value) if collecting else value

    try:
        position = 0
        while position < len(tasks) or running:
            while position < len(tasks) and len(running) < limit:
                running.add(asyncio.ensure_future(perform(position, tasks[position])))
                position += 1
            _, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            if errors:
                raise errors[0]
        return results
    finally:
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)
