"""What the judge controls in a case (PROTOCOL.md, "Controlled inputs") for the Python shim."""
import asyncio

from shim_values import OMITTED, Refused

STARTED, ABORTED = 66, 67


class Case:
    """One call and what the judge controls in it."""

    def __init__(self, shim, number):
        self.shim = shim
        self.number = number
        self.inputs = {}     # index -> function(ok, value)
        self.iterables = []  # [how often closed early, the iterable itself]
        self.task = None     # the call, when it can be awaited

    def report(self, kind, **fields):
        if self.shim.case is self:
            self.shim.send(kind, {"case": self.number, **fields})

    def make(self, kind, fields):
        if kind == "signal":
            return OMITTED
        makers = {
            "task": self.make_task,
            "promise": self.make_promise,
            "iterable": self.make_iterable,
        }
        if kind not in makers:
            raise Refused(f"a controlled {kind}")
        return makers[kind](**fields)

    def make_task(self, index, how, value=None):
        pending = []

        def settle(ok, result):
            for future in pending:
                settle_future(future, ok, result)
                if not ok and future.done() and not future.cancelled():
                    future.exception()  # asked for here: the coroutine below passes it on
            pending.clear()

        async def task():
            self.report(STARTED, index=index)
            if how in ("throws", "rejected"):
                raise value
            if how in ("returns", "fulfilled"):
                return value
            future = self.shim.loop.create_future()
            pending.append(future)
            try:
                return await future
            except asyncio.CancelledError:
                if future.cancelled():
                    self.report(ABORTED, index=index, reason=None)
                raise

        if how not in ("later", "returns", "throws", "fulfilled", "rejected"):
            raise Refused(f"a controlled task that is made {how}")
        self.inputs[index] = settle
        return task

    def make_promise(self, index, how, value=None):
        future = self.shim.loop.create_future()
        self.inputs[index] = lambda ok, result: settle_future(future, ok, result)
        if how == "value":
            return value
        if how in ("fulfilled", "rejected"):
            settle_future(future, how == "fulfilled", value)
        elif how.startswith("thenable"):
            return Awaitable(future)
        elif how != "later":
            raise Refused(f"a controlled promise that is made {how}")
        return future

    def make_iterable(self, of, how, value=None):
        record = [0, of]
        self.iterables.append(record)
        if how == "array":
            return of
        if how == "set":  # in order, as a set of JavaScript is
            return dict.fromkeys(of).keys()
        if how not in ("generator", "iterator-throws"):
            raise Refused(f"a controlled iterable that is made {how}")
        record[1] = deliver(record, of, how == "iterator-throws", value)
        return record[1]


class Awaitable:
    """Neither a future nor a coroutine, but it can be awaited."""

    def __init__(self, future):
        self._future = future

    def __await__(self):
        return self._future.__await__()


def deliver(record, items, throwing, value):
    early = True
    try:
        yield from items
        early = False
        if throwing:
            raise value
    finally:
        record[0] += early


def settle_future(future, ok, value):
    if future.done():
        return
    if ok:
        future.set_result(value)
    elif isinstance(value, BaseException):
        future.set_exception(value)
    else:
        raise Refused("a failure that is no error; Python cannot raise it")


def snake_case(name):
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name)
