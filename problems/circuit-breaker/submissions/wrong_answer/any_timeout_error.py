# fails: classifies
# An operation's own TimeoutError is taken for that of the breaker.
import asyncio
import time
from collections import deque


class CircuitOpenError(Exception):
    pass


class Phase:
    def __init__(self, state, since=0.0):
        self.state = state
        self.since = since
        self.outcomes = deque()  # closed: (when, whether it failed)
        self.admitted = 0        # half-open
        self.succeeded = 0


class CircuitBreaker:
    def __init__(self, *, window, minimum, share, open_for, probes, timeout=None, is_failure=None, on_state=None):
        self._window = window / 1000
        self._minimum = minimum
        self._share = share
        self._open_for = open_for / 1000
        self._probes = probes
        self._timeout = timeout
        self._is_failure = is_failure or (lambda error: True)
        self._on_state = on_state or (lambda state: None)
        self._phase = Phase("closed")

    async def call(self, operation, fallback=None):
        try:
            return await self._attempt(operation)
        except Exception as error:
            if fallback is None:
                raise
            return await fallback(error)

    async def _attempt(self, operation):
        phase = self._admit()
        try:
            if self._timeout is None:
                value = await operation()
            else:
                value = await self._in_time(operation)
        except asyncio.TimeoutError:
            self._note(phase, failed=True)
            raise
        except Exception as error:
            self._note(phase, failed=self._is_failure(error) is not False)
            raise
        self._note(phase, failed=False)
        return value

    async def _in_time(self, operation):
        return await asyncio.wait_for(operation(), self._timeout / 1000)

    def _admit(self):
        phase = self._phase
        if phase.state == "open" and time.monotonic() - phase.since >= self._open_for:
            phase = self._change(Phase("half-open"))
        if phase.state == "open" or (phase.state == "half-open" and phase.admitted >= self._probes):
            raise CircuitOpenError("the circuit is open")
        phase.admitted += 1
        return phase

    def _note(self, phase, failed):
        if phase is not self._phase:
            return
        now = time.monotonic()
        if phase.state == "half-open":
            if failed:
                self._change(Phase("open", since=now))
                return
            phase.succeeded += 1
            if phase.succeeded == self._probes:
                self._change(Phase("closed"))
            return
        phase.outcomes.append((now, failed))
        while now - phase.outcomes[0][0] >= self._window:
            phase.outcomes.popleft()
        failures = sum(failed for _, failed in phase.outcomes)
        enough = len(phase.outcomes) >= self._minimum
        if failed and enough and failures / len(phase.outcomes) >= self._share:
            self._change(Phase("open", since=now))

    def _change(self, phase):
        self._phase = phase
        self._on_state(phase.state)
        return phase


class Late(asyncio.TimeoutError):
    pass


Late.__name__ = "TimeoutError"
