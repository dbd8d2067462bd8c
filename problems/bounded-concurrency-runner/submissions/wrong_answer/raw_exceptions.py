# fails: collect
# Collect mode hands out gather's list as it is: values and exceptions mixed, no records.
import asyncio


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    if not limit >= 1 or limit % 1 != 0:
        raise ValueError("limit")
    semaphore = asyncio.Semaphore(limit)
    stopped = False

    async def wrapper(function):
        nonlocal stopped
        async with semaphore:
            if stopped:
                return None
            try:
                return await function()
            except Exception:
                stopped = mode != "collect"
                raise

    wrappers = [asyncio.create_task(wrapper(function)) for function in tasks]
    try:
        return await asyncio.gather(*wrappers, return_exceptions=mode == "collect")
    finally:
        for each in wrappers:
            each.cancel()
