# fails: busy
# Gathers `limit` tasks at a time and waits for the slowest.
import asyncio


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    if not limit >= 1 or limit % 1 != 0:
        raise ValueError("limit")
    results = []
    for begin in range(0, len(tasks), limit):
        batch = [asyncio.ensure_future(function()) for function in tasks[begin : begin + limit]]
        try:
            results += await asyncio.gather(*batch, return_exceptions=mode == "collect")
        except BaseException:
            for each in batch:
                each.cancel()
            await asyncio.gather(*batch, return_exceptions=True)
            raise
    if mode != "collect":
        return results
    return [
        {"status": "rejected", "reason": each}
        if isinstance(each, BaseException)
        else {"status": "fulfilled", "value": each}
        for each in results
    ]
