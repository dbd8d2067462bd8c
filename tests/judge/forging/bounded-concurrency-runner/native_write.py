# verdict: security_violation
# body: wrong_answer/no_cancel.py
# says: the program wrote to the judge's own channel: answered a request that was not asked
# The C library's own write, past everything of Python's, says that all is at rest.
import ctypes

from body import run_with_concurrency as body


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    libc = ctypes.CDLL(None)
    frame = bytes([10, 0, 0, 0, 74, 2, 0, 0, 0, 11, 0, 0, 0, 0])
    libc.write(3, frame, len(frame))
    return await body(tasks, limit, mode=mode)
