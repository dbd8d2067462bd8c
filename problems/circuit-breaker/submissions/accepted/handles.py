# Callbacks: a task for the operation, call_later for its timeout, a future for the caller.
import asyncio
import time


def error(name):
    return type(name, (Exception,), {})


CircuitOpenError = error("CircuitOpenError")
TimeoutError_ = error("TimeoutError")


class CircuitBreaker:
    def __init__(self, **options):
        self.options = {"timeout": None, "is_failure": None, "on_state": None, **options}
        self.state = {"name": "closed", "log": []}

    def _become(self, name, **rest):
        self.state = {"name": name, **rest}
        tell = self.options["on_state"]
        if tell:
            tell(name)

    def _open(self):
        self._become("open", until=time.time() + self.options["open_for"] / 1000)

    def _report(self, state, failed):
        if state is not self.state:
            return
        if state["name"] == "half-open":
            state["good"] += 1
            if failed:
                self._open()
            elif state["good"] == self.options["probes"]:
                self._become("closed", log=[])
            return
        now = time.time()
        state["log"] = [(t, f) for t, f in state["log"] if (now - t) * 1000 < self.options["window"]]
        state["log"].append((now, failed))
        bad = [f for _, f in state["log"] if f]
        if failed and len(state["log"]) >= self.options["minimum"]:
            if len(bad) / len(state["log"]) >= self.options["share"]:
                self._open()

    def _admit(self):
        if self.state["name"] == "open" and time.time() >= self.state["until"]:
            self._become("half-open", tickets=list(range(self.options["probes"])), good=0)
        if self.state["name"] == "open":
            return None
        if self.state["name"] == "half-open":
            if not self.state["tickets"]:
                return None
            self.state["tickets"].pop()
        return self.state

    async def call(self, operation, fallback=None):
        answer = asyncio.get_running_loop().create_future()
        state = self._admit()
        if state is None:
            answer.set_exception(CircuitOpenError("open"))
        else:
            self._start(state, operation, answer)
        try:
            return await answer
        except Exception as exception:
            if fallback is None:
                raise
            return await fallback(exception)

    def _start(self, state, operation, answer):
        loop = asyncio.get_running_loop()
        task = loop.create_task(operation())
        timer = None

        def ended(task):
            if timer is not None:
                timer.cancel()
            if task.cancelled() or answer.done():
                return
            exception = task.exception()
            judge = self.options["is_failure"]
            self._report(state, exception is not None and (judge is None or judge(exception)))
            if exception is None:
                answer.set_result(task.result())
            else:
                answer.set_exception(exception)

        def late():
            self._report(state, True)
            answer.set_exception(TimeoutError_("late"))
            task.cancel()

        if self.options["timeout"] is not None:
            timer = loop.call_later(self.options["timeout"] / 1000, late)
        task.add_done_callback(ended)
