# Recursion. A context manager reports; the wait is that for an event which nobody sets.
import asyncio
import contextlib
import random as _random


@contextlib.contextmanager
def _reported(on_outcome, state):
    loop = asyncio.get_running_loop()
    began = loop.time()
    outcome = "fulfilled"
    try:
        yield
    except BaseException as error:
        outcome = "aborted" if isinstance(error, asyncio.CancelledError) else "rejected"
        raise
    finally:
        if on_outcome is not None:
            on_outcome({**state, "elapsed": round((loop.time() - began) * 1000), "outcome": outcome})


async def _pause(milliseconds):
    try:
        await asyncio.wait_for(asyncio.Event().wait(), milliseconds / 1000)
    except asyncio.TimeoutError:
        pass


async def retry(operation, *, retries, base, cap, factor=2, random=_random.random,
                is_retryable=lambda error: True, on_outcome=None):
    if not (isinstance(retries, int) and retries >= 0):
        raise ValueError("retries")
    state = {"attempts": 0}

    async def attempt(left, ceiling):
        state["attempts"] += 1
        try:
            result = operation()
            return await result if asyncio.iscoroutine(result) else result
        except Exception as error:
            if left == 0 or is_retryable is not None and not is_retryable(error):
                raise
        await _pause(max(1, random() * min(cap, ceiling)))
        return await attempt(left - 1, ceiling * factor)

    with _reported(on_outcome, state):
        return await attempt(retries, base)
