# A task a burst, which sleeps until nothing has come for long enough.
import asyncio
import time


class Coalescer:
    def __init__(self, emit, quiet_ms, max_wait_ms):
        if not 0 < quiet_ms <= max_wait_ms:
            raise ValueError((quiet_ms, max_wait_ms))
        self.emit, self.quiet_ms, self.max_wait_ms = emit, quiet_ms, max_wait_ms
        self.bursts = {}

    async def _watch(self, key, burst):
        begun = burst["last"]
        while True:
            due = min(burst["last"] + self.quiet_ms, begun + self.max_wait_ms)
            left = due - time.monotonic() * 1000
            if left <= 0.1:
                break
            await asyncio.sleep(left / 1000)
        if self.bursts.get(key) is burst:
            del self.bursts[key]
            self.emit(key, burst["value"])

    def push(self, key, value):
        now = time.monotonic() * 1000
        if key in self.bursts:
            self.bursts[key].update(value=value, last=now)
            return
        burst = self.bursts[key] = {"value": value, "last": now}
        burst["task"] = asyncio.ensure_future(self._watch(key, burst))

    def flush(self, key):
        burst = self.bursts.pop(key, None)
        if burst is None:
            return False
        burst["task"].cancel()
        self.emit(key, burst["value"])
        return True

    def cancel(self, key):
        burst = self.bursts.pop(key, None)
        return burst is not None and (burst["task"].cancel() or True)
