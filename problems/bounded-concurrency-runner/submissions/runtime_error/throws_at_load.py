# Does not survive its own loading.
from asyncio import runner_pool


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    return await runner_pool(tasks, limit)
