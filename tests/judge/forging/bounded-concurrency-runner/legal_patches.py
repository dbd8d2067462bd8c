# verdict: accepted
# body: accepted/workers.py
# No forging, and no harm: an exception handler, a subclass of Task by a task factory, logging,
# atexit.
import asyncio
import atexit
import logging

from body import run_with_concurrency as body

logging.basicConfig(level=logging.CRITICAL)
atexit.register(lambda: None)


class Named(asyncio.Task):
    pass


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: loop.default_exception_handler(context))
    loop.set_task_factory(lambda loop, coro, **rest: Named(coro, loop=loop, **rest))
    try:
        return await body(tasks, limit, mode=mode)
    finally:
        loop.set_task_factory(None)
        loop.set_exception_handler(None)
