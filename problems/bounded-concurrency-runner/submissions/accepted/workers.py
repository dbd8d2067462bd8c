# `limit` workers pull from one iterator. gather() passes on the first failure, in the order they
# happen.
import asyncio


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    if not limit >= 1 or limit % 1 != 0:
        raise ValueError(f"limit must be a whole number above 0, not {limit!r}")
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

    workers = [asyncio.create_task(worker()) for _ in range(min(int(limit), len(tasks)))]
    try:
        await asyncio.gather(*workers)
    except BaseException:
        for each in workers:
            each.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        raise
    return results
