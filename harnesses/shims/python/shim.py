"""The Python shim: loads a submission, hands it what the judge controls, reports what it sees.

The contract is PROTOCOL.md. How it rests: asyncio asks its selector to wait for 0 seconds while
callbacks are ready, for some seconds when only timers are left, and without limit when nothing is.
So the shim's selector knows exactly when the program is at rest: there it answers and blocks for
the next request. The loop's clock stands still except during WAIT, which makes timers fire at
exactly their times, however long the judge takes.
"""
import asyncio
import gc
import os
import platform
import select
import selectors
import struct
import sys
import time
import types

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from shim_case import Case, snake_case  # noqa: E402
from shim_values import Known, Reader, Refused, Writer  # noqa: E402

SHIM_FOLDERS = {sys.path.pop(0), os.path.dirname(os.path.abspath(__file__))}
sys.path[:] = [folder for folder in sys.path if folder not in SHIM_FOLDERS]

CHANNEL = 3
LOAD, CALL, SETTLE, ABORT, WAIT, INSPECT = range(1, 7)
READY, LOAD_FAILED = 64, 65
RETURNED, THREW, FULFILLED, REJECTED, UNHANDLED, UNCAUGHT, REST, OBSERVED, REFUSED = range(68, 77)
MAX_REQUEST = 16 * 1024 * 1024
FLUSH_ABOVE = 256 * 1024
# Of the loop, without time passing, until the answer is `busy`; each hop between callbacks is one.
MAX_TURNS = 1024

ENDS_PROCESS = (SystemExit, KeyboardInterrupt)


class Channel:
    """Frames over the inherited descriptor, with blocking calls that were captured early."""

    def __init__(self):
        os.set_inheritable(CHANNEL, False)
        self.read, self.write, self.exit = os.read, os.write, os._exit
        self.incoming, self.outgoing = bytearray(), bytearray()
        self.sequence = 0

    def fill(self, count):
        while len(self.incoming) < count:
            try:
                data = self.read(CHANNEL, 65536)
            except BlockingIOError:
                select.select([CHANNEL], [], [])
                continue
            except OSError:
                data = b""
            if not data:
                self.exit(0)
            self.incoming += data

    def next_request(self):
        self.fill(4)
        (length,) = struct.unpack_from("<I", self.incoming)
        if not 5 <= length <= MAX_REQUEST:
            self.exit(70)
        self.fill(4 + length)
        kind, self.sequence = struct.unpack_from("<BI", self.incoming, 4)
        payload = bytes(self.incoming[9:4 + length])
        del self.incoming[:4 + length]
        return kind, payload

    def send(self, kind, payload):
        self.outgoing += struct.pack("<IBI", 5 + len(payload), kind, self.sequence) + payload
        if len(self.outgoing) > FLUSH_ABOVE:
            self.flush()

    def flush(self):
        while self.outgoing:
            try:
                done = self.write(CHANNEL, self.outgoing)
            except BlockingIOError:
                select.select([], [CHANNEL], [])
                continue
            except OSError:
                self.exit(0)
            del self.outgoing[:done]


class Loop(asyncio.SelectorEventLoop):
    def __init__(self, shim):
        self.now = time.monotonic()
        self.in_flight = 0  # calls in the thread pool, which are no rest
        super().__init__(Selector(shim))

    def time(self):
        return self.now

    def next_timer(self):
        return self._scheduled[0].when()

    def run_in_executor(self, executor, function, *arguments):
        future = super().run_in_executor(executor, function, *arguments)
        self.in_flight += 1
        future.add_done_callback(self.landed)
        return future

    def landed(self, _):
        self.in_flight -= 1


class Selector(selectors.DefaultSelector):
    def __init__(self, shim):
        super().__init__()
        self.shim = shim

    def select(self, timeout=None):
        return self.shim.wait_for_events(super().select, timeout)


class Shim:
    def __init__(self):
        self.channel = Channel()
        self.known = Known()
        self.case = Case(self, -1)
        self.functions = None
        self.loop = Loop(self)
        self.loop.set_exception_handler(self.on_exception)
        asyncio.set_event_loop(self.loop)
        self.turns = 0
        self.wait_until = None  # the loop's time at which a WAIT ends
        self.refused = False

    def send(self, kind, fields):
        self.channel.send(kind, Writer(self.known).payload(fields))

    # ---- rest ----

    def wait_for_events(self, poll, timeout):
        """Called by the loop in place of sleeping for `timeout` seconds."""
        events = poll(0)
        if events:
            return events
        if timeout is not None and timeout <= 0:
            self.turns += 1
            if self.turns < MAX_TURNS:
                return []
            return self.answer(timers=False, busy=True)
        if self.loop.in_flight > 0:
            return poll(None)
        if self.wait_until is not None and timeout is not None:
            return self.pass_time(poll)
        return self.answer(timers=timeout is not None, busy=False)

    def pass_time(self, poll):
        """Sleeps until the next timer or the end of WAIT, and moves the clock to exactly there."""
        goal = min(self.loop.next_timer(), self.wait_until)
        events = poll(max(0, goal - self.loop.now))
        if events:
            return events
        self.loop.now = max(self.loop.now, goal)
        self.wait_until = None
        return []

    def answer(self, timers, busy):
        if not self.refused:
            self.send(REST, {"timers": timers, "busy": busy})
        self.channel.flush()
        self.turns, self.wait_until, self.refused = 0, None, False
        kind, payload = self.channel.next_request()
        self.loop.call_soon(self.handle, kind, payload)
        return []

    # ---- requests ----

    def refuse(self, reason):
        self.refused = True
        self.send(REFUSED, {"reason": reason})

    def handle(self, kind, payload):
        if kind == CALL:
            gc.collect()  # what the last case left behind is reported before, and dropped
            self.known = Known()
            self.case = Case(self, -1)
        try:
            request = Reader(payload, self.known, self.case.make).payload()
            if kind == CALL:
                self.call(request)
            elif kind == LOAD:
                raise Refused("a second submission")
            elif request["case"] != self.case.number:
                raise Refused(f"case {request['case']}, which is not the current one")
            elif kind == SETTLE:
                self.settle(request["settle"])
            elif kind == ABORT:
                if self.case.task is not None:
                    self.case.task.cancel()
            elif kind == WAIT:
                self.wait_until = self.loop.now + request["ms"] / 1000
            elif kind == INSPECT:
                self.inspect()
            else:
                raise Refused(f"a request of type {kind}")
        except Refused as refusal:
            self.refuse(str(refusal))
        except (LookupError, TypeError, ValueError) as error:
            self.refuse(f"a request that makes no sense: {error!r}")

    def settle(self, settlements):
        for each in settlements:
            if each["index"] not in self.case.inputs:
                raise Refused(f"the input {each['index']}, which does not exist")
        for each in settlements:
            self.case.inputs[each["index"]](each["ok"], each["value"])

    def call(self, request):
        if request["function"] not in self.functions:
            raise Refused("a function that was not loaded")
        case = self.case
        case.number = request["case"]
        given = request.get("options") or {}
        options = {snake_case(name): value for name, value in given.items()}
        try:
            result = self.functions[request["function"]](*request["arguments"], **options)
        except ENDS_PROCESS:
            raise
        except BaseException as error:
            case.report(THREW, error=error)
            return
        if not hasattr(type(result), "__await__"):
            case.report(RETURNED, promise=False)
            case.report(FULFILLED, value=result)
            return
        case.report(RETURNED, promise=True)
        case.task = asyncio.ensure_future(result, loop=self.loop)
        case.task.add_done_callback(lambda task: self.finish(case, task))

    def finish(self, case, task):
        try:
            value = task.result()
        except ENDS_PROCESS:
            raise
        except BaseException as error:
            case.report(REJECTED, error=error)
        else:
            case.report(FULFILLED, value=value)

    def inspect(self):
        for thing in self.known.objects.values():
            if isinstance(thing, BaseException):
                thing.__traceback__ = None  # its frames may keep alive what was never retrieved
        gc.collect()
        closed = [record[0] for record in self.case.iterables]
        self.case.report(OBSERVED, listeners=0, closed=closed)

    def on_exception(self, _, context):
        error = context.get("exception")
        if error is not None and self.case.number >= 0:
            never_retrieved = "never retrieved" in context.get("message", "")
            self.send(UNHANDLED if never_retrieved else UNCAUGHT, {"error": error})

    # ---- loading ----

    def serve_load(self):
        while self.functions is None:
            kind, payload = self.channel.next_request()
            if kind == LOAD:
                request = Reader(payload, self.known, self.case.make).payload()
                self.load(request["path"], request["exports"])
            else:
                self.send(REFUSED, {"reason": "nothing is loaded"})
            self.channel.flush()

    def load(self, path, names):
        def failed(phase, error, missing=()):
            self.send(LOAD_FAILED, {"phase": phase, "error": error, "missing": list(missing)})

        try:
            with open(path, "rb") as file:
                code = compile(file.read(), path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError) as error:
            return failed("syntax", error)
        except OSError as error:
            return failed("execution", error)
        module = types.ModuleType(os.path.splitext(os.path.basename(path))[0])
        module.__file__ = path
        sys.modules[module.__name__] = module
        sys.path.insert(0, os.path.dirname(path))
        try:
            exec(code, module.__dict__)
        except ENDS_PROCESS:
            raise
        except BaseException as error:
            return failed("execution", error)
        asyncio.set_event_loop(self.loop)  # asyncio.run at load takes it away
        missing = [name for name in names if not callable(module.__dict__.get(name))]
        if missing:
            return failed("missing_export", None, missing)
        self.functions = {name: module.__dict__[name] for name in names}
        gc.collect()
        gc.freeze()  # what stands now never dies: the collections of each case need not look at it
        runtime = f"{platform.python_implementation()} {platform.python_version()}"
        return self.send(READY, {"runtime": runtime})


def main():
    shim = Shim()
    shim.serve_load()
    shim.turns = -1
    kind, payload = shim.channel.next_request()
    shim.loop.call_soon(shim.handle, kind, payload)
    shim.loop.run_forever()


main()
