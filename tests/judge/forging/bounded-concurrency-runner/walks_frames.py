# verdict: wrong_answer
# body: wrong_answer/batches.py
# Walks up the stack to the shim's own objects and has them forget every start but the first.
import sys

from body import run_with_concurrency as body


def shims():
    frame = sys._getframe()
    while frame is not None:
        for value in list(frame.f_locals.values()):
            if type(value).__module__ == "__main__" and hasattr(value, "case"):
                yield value
        frame = frame.f_back


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    for shim in shims():
        send = shim.send
        shim.send = lambda kind, fields, send=send: None if kind == 66 else send(kind, fields)
    return await body(tasks, limit, mode=mode)
