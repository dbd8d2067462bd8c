# verdict: wrong_answer
# body: wrong_answer/never_retrieved.py
# The garbage collector, by which errors that nobody looked at are found, is switched off and
# replaced.
import gc

from body import run_with_concurrency as body

gc.disable()
gc.collect = lambda *_: 0
gc.freeze()


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    return await body(tasks, limit, mode=mode)
