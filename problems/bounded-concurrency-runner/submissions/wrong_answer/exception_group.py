# fails: fails-fast, edges
# A TaskGroup raises an ExceptionGroup; the caller wanted the exception itself.
import asyncio


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    if not limit >= 1 or limit % 1 != 0:
        raise ValueError("limit")
    results = [None] * len(tasks)
    queue = iter(list(enumerate(tasks)))
    failed = False

    async def worker():
        nonlocal failed
        for index, task in queue:
            try:
                value = await task()
            except Exception as error:
                if mode != "collect":
                    failed = True
                    raise
                results[index] = {"status": "rejected", "reason": error}
            else:
                record = {"status": "fulfilled", "value": value}
                results[index] = record if mode == "collect" else value
            if failed:
                return

    async with asyncio.TaskGroup() as group:
        for _ in range(min(limit, len(tasks))):
            group.create_task(worker())
    return results
