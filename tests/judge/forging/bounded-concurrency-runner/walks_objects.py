# verdict: wrong_answer
# body: wrong_answer/batches.py
# Finds the shim's channel among all objects of the process and answers in its name, earlier than
# the judge asks.
import gc

from body import run_with_concurrency as body


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    for thing in gc.get_objects():
        if type(thing).__name__ == "Channel":
            thing.send(70, b"")
            thing.sequence += 1
    return await body(tasks, limit, mode=mode)
