import random as _random


async def retry(operation, *, retries, base, cap, factor=2, random=_random.random,
                is_retryable=None, on_outcome=None):
    """Calls `operation` until it succeeds, at most `retries` times more.

    In between it waits, with capped exponential backoff and full jitter; `base` and `cap` are
    milliseconds.
    """
    raise NotImplementedError
