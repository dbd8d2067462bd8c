# verdict: runtime_error
# body: wrong_answer/never_retrieved.py
# says: the program exited with code 0 before it was done
# Leaves with exit code 0, by atexit, os._exit and SystemExit.
import atexit
import os
import sys

from body import run_with_concurrency as body

atexit.register(os._exit, 0)


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    try:
        return await body(tasks, limit, mode=mode)
    finally:
        sys.exit(0)
