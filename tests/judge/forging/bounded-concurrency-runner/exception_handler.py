# verdict: wrong_answer
# body: wrong_answer/never_retrieved.py
# Whatever the loop would tell of errors that nobody looked at goes to a handler that says nothing.
import asyncio

from body import run_with_concurrency as body


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: None)
    return await body(tasks, limit, mode=mode)
