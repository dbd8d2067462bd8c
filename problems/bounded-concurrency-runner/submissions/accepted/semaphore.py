# All wrappers exist from the start and queue up at a semaphore; the task function is called behind
# it.
import asyncio


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    if not (isinstance(limit, int) and limit > 0):
        raise ValueError("limit must be a positive int")
    semaphore = asyncio.Semaphore(limit)
    stopped = False

    async def wrapper(function):
        nonlocal stopped
        async with semaphore:
            if stopped:
                return None
            try:
                value = await function()
            except asyncio.CancelledError:
                raise
            except BaseException as error:
                if mode == "collect":
                    return {"status": "rejected", "reason": error}
                stopped = True
                raise
            return {"status": "fulfilled", "value": value} if mode == "collect" else value

    wrappers = [asyncio.ensure_future(wrapper(function)) for function in tasks]
    try:
        return list(await asyncio.gather(*wrappers))
    finally:
        for each in wrappers:
            each.cancel()
