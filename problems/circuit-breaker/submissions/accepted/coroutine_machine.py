# Odd but right: a generator is the machine. It is sent what happens and yields the state it is in.
import asyncio
import time


def machine(window, minimum, share, open_for, probes, tell):
    while True:
        closed, log, tripped = ["closed"], [], False
        while not tripped:
            of, bad = yield closed
            if of is not closed:
                continue
            now = time.monotonic_ns() / 1e6
            log = [(t, b) for t, b in log if now - t < window] + [(now, bad)]
            tripped = bad and len(log) >= minimum and sum(b for _, b in log) >= share * len(log)
        healed = False
        while not healed:
            opened = time.monotonic_ns() / 1e6
            tell("open")
            while True:
                of, _ = yield ["open"]
                if of == "ask" and time.monotonic_ns() / 1e6 - opened >= open_for:
                    break
            half, good = ["half-open", probes], 0
            tell("half-open")
            while good < probes:
                of, bad = yield half
                if of is half and bad:
                    break
                good += of is half
            else:
                healed = True
        tell("closed")


class CircuitBreaker:
    def __init__(self, *, timeout=None, is_failure=lambda error: True, on_state=lambda state: None, **numbers):
        self._timeout, self._is_failure = timeout, is_failure
        self._machine = machine(tell=on_state, **numbers)
        self._state = next(self._machine)

    def _send(self, of, bad=False):
        self._state = self._machine.send((of, bad))

    async def call(self, operation, fallback=None):
        if self._state[0] == "open":
            self._send("ask")
        state, error = self._state, None
        if state[0] == "open" or state[0] == "half-open" and state[1] == 0:
            error = type("CircuitOpenError", (Exception,), {})("refused")
        else:
            if state[0] == "half-open":
                state[1] -= 1
            running = asyncio.ensure_future(operation())
            limit = self._timeout / 1000 if self._timeout else None
            await asyncio.wait({running}, timeout=limit)
            if not running.done():
                running.cancel()
                error, bad = asyncio.TimeoutError("late"), True
            else:
                error = running.exception()
                bad = error is not None and self._is_failure(error) is not False
            self._send(state, bad)
            if error is None:
                return running.result()
        if fallback is None:
            raise error
        return await fallback(error)
