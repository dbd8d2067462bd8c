# verdict: wrong_answer
# body: wrong_answer/batches.py
# struct, json and the other modules by which frames are made drop whatever says that a task
# started.
import json
import struct

from body import run_with_concurrency as body

pack = struct.pack


def silent(shape, *values):
    return b"" if 66 in values else pack(shape, *values)


struct.pack = silent
struct.unpack_from = lambda *_: (0,)
json.dumps = lambda *_, **__: "{}"


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    return await body(tasks, limit, mode=mode)
