# fails: plain-functions, attempts?, reports?
# A plain function that returns nothing is taken for one that failed.
import asyncio
import inspect
import random as random_numbers
import time


async def retry(operation, *, retries, base, cap, factor=2, random=random_numbers.random,
                is_retryable=None, on_outcome=None):
    if retries != retries or retries < 0 or retries != int(retries):
        raise ValueError(f"retries must be a whole number from 0 on, not {retries!r}")
    began = time.monotonic()
    attempts = 0
    outcome = "rejected"
    try:
        while True:
            attempts += 1
            try:
                value = operation()
                if inspect.isawaitable(value):
                    value = await value
                elif value is None:
                    raise ValueError("nothing")
                outcome = "fulfilled"
                return value
            except Exception as error:
                if attempts > retries or is_retryable is not None and not is_retryable(error):
                    raise
            await asyncio.sleep(random() * min(cap, base * factor ** (attempts - 1)) / 1000)
    except asyncio.CancelledError:
        outcome = "aborted"
        raise
    finally:
        if on_outcome is not None:
            elapsed = (time.monotonic() - began) * 1000
            on_outcome({"attempts": attempts, "elapsed": elapsed, "outcome": outcome})
