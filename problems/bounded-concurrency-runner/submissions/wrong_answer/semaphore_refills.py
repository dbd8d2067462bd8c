# fails: stops
# Leaving `async with semaphore` with an exception lets the next one in before gather has told
# anybody of the failure.
import asyncio


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    if not limit >= 1 or limit % 1 != 0:
        raise ValueError("limit")
    semaphore = asyncio.Semaphore(limit)

    async def wrapper(function):
        async with semaphore:
            return await function()

    wrappers = [asyncio.create_task(wrapper(function)) for function in tasks]
    try:
        outcomes = await asyncio.gather(*wrappers, return_exceptions=mode == "collect")
    except BaseException:
        for each in wrappers:
            each.cancel()
        await asyncio.gather(*wrappers, return_exceptions=True)
        raise
    if mode != "collect":
        return outcomes
    return [
        {"status": "rejected", "reason": outcome}
        if isinstance(outcome, BaseException)
        else {"status": "fulfilled", "value": outcome}
        for outcome in outcomes
    ]
