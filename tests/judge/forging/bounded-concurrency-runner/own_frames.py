# verdict: security_violation
# body: wrong_answer/no_cancel.py
# says: the program wrote to the judge's own channel: answered a request that was not asked
# Writes to the channel what the shim would say if the tasks had been cancelled, counting requests.
import os
import struct

from body import run_with_concurrency as body

turns = 1


def text(value):
    return struct.pack("<I", len(value)) + value


def cancelled(sequence, index):
    fields = text(b"case") + b"\x04" + struct.pack("<q", 1)
    fields += text(b"index") + b"\x04" + struct.pack("<q", index) + text(b"reason") + b"\x01"
    payload = b"\x0b" + struct.pack("<I", 3) + fields
    return struct.pack("<IBI", 5 + len(payload), 67, sequence) + payload


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    global turns
    turns += 1
    running = set()

    def watched(index, task):
        async def run():
            global turns
            running.add(index)
            try:
                return await task()
            finally:
                running.discard(index)
                turns += 1

        return run

    try:
        return await body([watched(i, t) for i, t in enumerate(tasks)], limit, mode=mode)
    except Exception:
        for index in running:
            os.write(3, cancelled(turns, index))
        raise
