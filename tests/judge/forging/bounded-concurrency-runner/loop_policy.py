# verdict: wrong_answer
# body: wrong_answer/batches.py
# Another event loop, by policy: with a clock that is always later, and timers that are due at once.
import asyncio

from body import run_with_concurrency as body


class Policy(asyncio.DefaultEventLoopPolicy):
    def get_event_loop(self):
        return self.new_event_loop()


asyncio.set_event_loop_policy(Policy())
asyncio.get_event_loop_policy().set_event_loop(asyncio.new_event_loop())


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    return await body(tasks, limit, mode=mode)
