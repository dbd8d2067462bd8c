# verdict: security_violation
# body: wrong_answer/no_cancel.py
# says: the program wrote to the judge's own channel: answered a request that was not asked
# A thread goes on answering requests while the loop is blocked.
import os
import threading
import time

from body import run_with_concurrency as body


def answer():
    for number in range(1, 50):
        frame = bytes([10, 0, 0, 0, 74, number, 0, 0, 0, 11, 0, 0, 0, 0])
        try:
            os.write(3, frame)
        except OSError:
            return
        time.sleep(0.01)


threading.Thread(target=answer, daemon=True).start()


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    return await body(tasks, limit, mode=mode)
