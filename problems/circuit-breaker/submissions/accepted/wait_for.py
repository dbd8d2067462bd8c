# asyncio.wait_for, a number for each phase, lists that are cut with bisect.
import asyncio
import bisect


class CircuitOpenError(RuntimeError):
    """The breaker refused a call."""


class CircuitBreaker:
    def __init__(self, window, minimum, share, open_for, probes, timeout=None, is_failure=None, on_state=None):
        self.window, self.minimum, self.share = window, minimum, share
        self.open_for, self.probes = open_for, probes
        self.timeout = None if timeout is None else timeout / 1000
        self.is_failure, self.on_state = is_failure, on_state
        self.number = -1
        self._enter("closed", quiet=True)

    @staticmethod
    def _now():
        return asyncio.get_running_loop().time() * 1000

    def _enter(self, state, quiet=False):
        self.state = state
        self.number += 1
        self.all, self.bad = [], []
        self.left = self.missing = self.probes
        if state == "open":
            self.reopens = self._now() + self.open_for
        if self.on_state is not None and not quiet:
            self.on_state(state)

    def _ask(self):
        if self.state == "open" and self._now() > self.reopens:
            self._enter("half-open")
        if self.state == "open" or self.state == "half-open" and self.left == 0:
            raise CircuitOpenError()
        self.left -= self.state == "half-open"
        return self.number

    def _succeeded(self, number):
        if number != self.number:
            return
        if self.state == "closed":
            self.all.append(self._now())
            return
        self.missing -= 1
        if self.missing == 0:
            self._enter("closed")

    def _failed(self, number):
        if number != self.number:
            return
        if self.state == "half-open":
            return self._enter("open")
        now = self._now()
        for times in (self.all, self.bad):
            times.append(now)
            del times[: bisect.bisect_right(times, now - self.window)]
        if len(self.all) >= self.minimum and len(self.bad) >= self.share * len(self.all):
            self._enter("open")

    async def call(self, operation, fallback=None):
        try:
            number = self._ask()
            try:
                result = await asyncio.wait_for(self._run(operation), self.timeout)
            except _Failed as failed:
                error = failed.args[0]
                if self.is_failure is None or self.is_failure(error):
                    self._failed(number)
                else:
                    self._succeeded(number)
                raise error
            except asyncio.TimeoutError:
                self._failed(number)
                raise
            self._succeeded(number)
            return result
        except Exception as error:
            if fallback:
                return await fallback(error)
            raise

    @staticmethod
    async def _run(operation):
        try:
            return await operation()
        except Exception as error:
            raise _Failed(error)


class _Failed(Exception):
    pass
