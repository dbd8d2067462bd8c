# verdict: wrong_answer
# body: wrong_answer/never_retrieved.py
# The loop's own method for errors is overridden, on the loop and on its class.
import asyncio

from body import run_with_concurrency as body


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    loop = asyncio.get_running_loop()
    for owner in (loop, type(loop), asyncio.BaseEventLoop):
        try:
            owner.call_exception_handler = lambda *_: None
            owner.default_exception_handler = lambda *_: None
        except (AttributeError, TypeError):
            pass
    return await body(tasks, limit, mode=mode)
