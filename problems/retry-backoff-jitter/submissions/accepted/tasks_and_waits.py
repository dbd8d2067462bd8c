# Every attempt and every wait is a task of its own, and asyncio.wait tells of its end.
import asyncio
import inspect
import numbers
import random as _random
import time


async def _settled(task):
    try:
        await asyncio.wait([task])
    finally:
        task.cancel()
    return task


async def retry(operation, *, retries, base, cap, factor=2, random=_random.random,
                is_retryable=None, on_outcome=None):
    if not isinstance(retries, numbers.Integral) or retries < 0:
        raise ValueError("retries must be an integer from 0 on")

    async def perform():
        result = operation()
        return (await result) if inspect.isawaitable(result) else result

    began, attempts, outcome = time.perf_counter(), 0, "aborted"
    try:
        for ceiling in (min(cap, base * factor ** k) for k in range(retries + 1)):
            attempts += 1
            task = await _settled(asyncio.ensure_future(perform()))
            error = task.exception()
            if error is None:
                outcome = "fulfilled"
                return task.result()
            if attempts == retries + 1 or is_retryable and is_retryable(error) is False:
                outcome = "rejected"
                raise error
            wait = random() * ceiling
            await _settled(asyncio.ensure_future(asyncio.sleep(wait / 1000)))
    finally:
        if on_outcome:
            seconds = time.perf_counter() - began
            on_outcome({"attempts": attempts, "elapsed": seconds * 1000, "outcome": outcome})
