# verdict: wrong_answer, runtime_error
# body: wrong_answer/batches.py
# A trace function sees every call of the shim's and raises inside those that report a start.
import sys

from body import run_with_concurrency as body


def trace(frame, event, argument):
    if event == "call" and frame.f_code.co_name == "send" and frame.f_locals.get("kind") == 66:
        raise RuntimeError("not sent")
    return None


sys.settrace(trace)


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    return await body(tasks, limit, mode=mode)
