# Odd but right: one future for the outcome; timers and done callbacks do the rest. No coroutine waits
# but the outermost.
import asyncio
import random as _random


class _Run:
    def __init__(self, operation, retries, ceilings, random, is_retryable):
        self.loop = asyncio.get_running_loop()
        self.operation = operation
        self.left = retries
        self.ceilings = ceilings
        self.random = random
        self.is_retryable = is_retryable or (lambda error: True)
        self.attempts = 0
        self.timer = None
        self.task = None
        self.over = self.loop.create_future()

    def attempt(self):
        self.attempts += 1
        try:
            given = self.operation()
        except Exception as error:
            self.failed(error)
            return
        if not hasattr(given, "__await__"):
            self.over.set_result(given)
            return
        self.task = asyncio.ensure_future(given)
        self.task.add_done_callback(self.ended)

    def ended(self, task):
        if task.cancelled():
            self.over.cancel()
        elif task.exception() is not None:
            self.failed(task.exception())
        elif not self.over.done():
            self.over.set_result(task.result())

    def failed(self, error):
        if self.over.done():
            return
        if self.left == 0 or not self.is_retryable(error):
            self.over.set_exception(error)
            return
        self.left -= 1
        wait = self.random() * next(self.ceilings)
        self.timer = self.loop.call_later(wait / 1000, self.attempt)

    def stop(self):
        for each in (self.timer, self.task):
            if each is not None:
                each.cancel()


def _ceilings(base, cap, factor):
    ceiling = base
    while True:
        yield min(cap, ceiling)
        ceiling *= factor


async def retry(operation, *, retries, base, cap, factor=2, random=_random.random,
                is_retryable=None, on_outcome=None):
    if not retries >= 0 or retries % 1:
        raise ValueError("retries")
    run = _Run(operation, retries, _ceilings(base, cap, factor), random, is_retryable)
    began = run.loop.time()
    outcome = "rejected"
    run.attempt()
    try:
        value = await run.over
        outcome = "fulfilled"
        return value
    except asyncio.CancelledError:
        outcome = "aborted"
        raise
    finally:
        run.stop()
        if on_outcome:
            elapsed = (run.loop.time() - began) * 1000
            on_outcome(dict(attempts=run.attempts, elapsed=elapsed, outcome=outcome))
