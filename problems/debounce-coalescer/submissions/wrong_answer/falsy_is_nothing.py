# fails: prompt, flushes, cancels
# Takes falsy values for no push.
import asyncio


class Coalescer:
    def __init__(self, emit, *, quiet_ms, max_wait_ms):
        if not quiet_ms > 0:
            raise ValueError("quiet_ms must be above 0")
        if not max_wait_ms >= quiet_ms:
            raise ValueError("max_wait_ms must not be less than quiet_ms")
        self._emit = emit
        self._quiet = quiet_ms / 1000
        self._longest = max_wait_ms / 1000
        self._bursts = {}

    def push(self, key, value):
        loop = asyncio.get_running_loop()
        burst = self._bursts.get(key)
        if burst is None:
            burst = self._bursts[key] = _Burst()
            burst.longest = loop.call_later(self._longest, self.flush, key)
        else:
            burst.quiet.cancel()
        burst.value = value
        burst.quiet = loop.call_later(self._quiet, self.flush, key)

    def flush(self, key):
        burst = self._bursts.get(key)
        if not self.cancel(key):
            return False
        if burst.value:
            self._emit(key, burst.value)
        return True

    def cancel(self, key):
        burst = self._bursts.pop(key, None)
        if burst is None:
            return False
        burst.quiet.cancel()
        burst.longest.cancel()
        return True


class _Burst:
    value = quiet = longest = None
