# verdict: wrong_answer
# body: wrong_answer/batches.py
# A timer signal strikes every millisecond and runs code between any two instructions of the shim.
import signal
import sys

from body import run_with_concurrency as body


def strike(number, frame):
    while frame is not None:
        if "/judge/" in frame.f_code.co_filename:
            frame.f_locals.pop("events", None)
        frame = frame.f_back


signal.signal(signal.SIGALRM, strike)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
sys.setswitchinterval(1e-6)


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    return await body(tasks, limit, mode=mode)
