"""What the judge controls in a case (PROTOCOL.md, "Controlled inputs") for the Python shim."""
import asyncio
import itertools

from shim_values import OMITTED, Refused

LATER = ("later", "heeds")  # how an invocation ends when the judge says so; cancelling ends all

STARTED, ABORTED, INVOKED = 66, 67, 77


class Case:
    """Its calls and what the judge controls in them."""

    def __init__(self, shim, number):
        self.shim = shim
        self.number = number
        self.inputs = {}     # index -> function(ok, value)
        self.futures = []    # behind the inputs; the judge's own
        self.iterables = []  # [how often closed early, the iterable itself]
        self.given = []      # what BEGIN handed over
        self.tasks = {}      # number of a call that can be awaited -> its task
        self.results = {}    # number of a call -> what it gave

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
            "callback": self.make_callback,
            "given": self.find_given,
        }
        if kind not in makers:
            raise Refused(f"a controlled {kind}")
        return makers[kind](**fields)

    def new_future(self):
        self.futures.append(self.shim.loop.create_future())
        return self.futures[-1]

    def find_given(self, index):
        if index >= len(self.given):
            raise Refused("a given value that BEGIN did not hand over")
        return self.given[index]

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
            future = self.new_future()
            pending.append(future)
            return await self.unless_cancelled(future, index)

        if how not in ("later", "returns", "throws", "fulfilled", "rejected"):
            raise Refused(f"a controlled task that is made {how}")
        self.inputs[index] = settle
        return task

    async def unless_cancelled(self, future, index):
        try:
            return await future
        except asyncio.CancelledError:
            if future.cancelled():
                self.report(ABORTED, index=index, reason=None)
            raise

    def make_callback(self, first, forms, plain=False, calls=None):
        invocations = itertools.count()
        calling = False

        def call_back():
            nonlocal calling
            if calling:
                return  # it would never end
            calling = True
            try:
                method = getattr(self.results[0], snake_case(calls["function"]))
                method(*[self.given[each["given"]] if "given" in each else each["value"]
                         for each in calls["arguments"]])
            finally:
                calling = False

        def invoke(arguments, options):
            number = next(invocations)
            listed = [*arguments, options] if options else list(arguments)
            self.report(INVOKED, index=first + number, arguments=listed)
            turn = number % len(forms) if plain and forms else number
            form = forms[turn] if turn < len(forms) else {"how": "later"}
            if form["how"] == "throws":
                raise form["value"]
            if form["how"] == "calls":
                call_back()
            return first + number, form

        def later(index):
            future = self.new_future()
            self.inputs[index] = lambda ok, result: settle_future(future, ok, result)
            return future

        def plain_callback(*arguments, **options):
            index, form = invoke(arguments, options)
            return later(index) if form["how"] in LATER else form["value"]

        async def callback(*arguments, **options):
            index, form = invoke(arguments, options)
            if form["how"] not in LATER:
                return form["value"]
            return await self.unless_cancelled(later(index), index)

        return plain_callback if plain else callback

    def make_promise(self, index, how, value=None):
        future = self.new_future()
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


def settle(case, settlements):
    for each in settlements:
        if each["index"] not in case.inputs:
            raise Refused(f"the input {each['index']}, which does not exist")
    for each in settlements:
        case.inputs[each["index"]](each["ok"], each["value"])


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
