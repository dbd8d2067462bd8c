# verdict: wrong_answer
# body: wrong_answer/batches.py
# The loop hands out futures that are done and tasks that never ran.
import asyncio

from body import run_with_concurrency as body


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    loop = asyncio.get_running_loop()
    soon = loop.call_soon
    loop.time = lambda: 0.0
    loop.call_later = lambda delay, callback, *values, **rest: soon(callback, *values)
    try:
        return await body(tasks, limit, mode=mode)
    finally:
        for name in ("time", "call_later"):
            loop.__dict__.pop(name, None)
