# fails: cancels
# `except BaseException` in collect mode takes the caller's cancellation for one more failure.
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
                record = {"status": "fulfilled", "value": value}
                results[index] = record if mode == "collect" else value
            except BaseException as error:
                if mode != "collect":
                    failed = True
                    raise
                results[index] = {"status": "rejected", "reason": error}
                failed = isinstance(error, asyncio.CancelledError)
            if failed:
                return

    workers = [asyncio.create_task(worker()) for _ in range(min(limit, len(tasks)))]
    try:
        await asyncio.gather(*workers)
    except BaseException:
        for each in workers:
            each.cancel()
        outcomes = await asyncio.gather(*workers, return_exceptions=True)
        if mode == "collect" and not any(isinstance(outcome, Exception) for outcome in outcomes):
            return results
        raise
    return results
