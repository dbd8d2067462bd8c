# verdict: wrong_answer
# body: wrong_answer/never_retrieved.py
# Tasks whose __del__ is gone, and objects whose __del__ revives what was to be reported.
import asyncio

from body import run_with_concurrency as body

kept = []


class Quiet(asyncio.Task):
    def __del__(self):
        kept.append(self)


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    loop = asyncio.get_running_loop()
    loop.set_task_factory(lambda loop, coro, **rest: Quiet(coro, loop=loop, **rest))
    try:
        return await body(tasks, limit, mode=mode)
    finally:
        loop.set_task_factory(None)
