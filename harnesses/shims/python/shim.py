"""The Python shim: loads a submission, hands it what the judge controls, reports what it sees.

The contract is PROTOCOL.md. How it rests: asyncio asks its selector to wait for 0 seconds while
callbacks are ready, for some seconds when only timers are left, and without limit when nothing is.
So the shim's selector knows exactly when the program is at rest: there it answers and blocks for
the next request. The loop's clock stands still except during WAIT, which makes timers fire at
exactly their times, however long the judge takes.
"""
import _thread
import asyncio
import gc
import os
import platform
import random
import sys
import types

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, FOLDER)
from shim_batch import Batch  # noqa: E402
from shim_calls import ENDS_PROCESS, perform, perform_all  # noqa: E402
from shim_case import Case, settle  # noqa: E402
from shim_channel import Channel  # noqa: E402
from shim_loop import Loop  # noqa: E402
from shim_values import Known, Reader, Refused, Writer  # noqa: E402

# A submission that imports one of ours gets a copy that knows nothing.
OURS = [name for name in sys.modules if name == "__main__" or name.startswith("shim_")]
KEPT = [sys.modules.pop(name) for name in OURS]
sys.modules["__main__"] = types.ModuleType("__main__")
sys.path[:] = [folder for folder in sys.path if os.path.abspath(folder) != FOLDER]

LOAD, CALL, SETTLE, ABORT, WAIT, INSPECT, BEGIN, DO = range(1, 9)
BATCH = 10
READY, LOAD_FAILED = 64, 65
UNHANDLED, UNCAUGHT, REST, OBSERVED, REFUSED = range(72, 77)
# Of the loop, without time passing, until the answer is `busy`; each hop between callbacks is one.
MAX_TURNS = 1024
# What never rests may be looking at the clock: in a WAIT that idles it gets some time, of these
# seconds at first and at most, and so many turns, again and again; where it may be rough, a part
# more of what it was given.
BUSY_SECONDS, MOST_BUSY_SECONDS, BUSY_TURNS = 1e-6, 1e-3, 16
ROUGH_PART = 64
DUST = 1e-6  # seconds

collect, freeze, get_objects = gc.collect, gc.freeze, gc.get_objects
gc.freeze = lambda: None  # what is frozen is not looked at any more
count_threads = _thread._count  # of those that the program has started
Future = asyncio.Future
was_not_retrieved = Future._log_traceback.__get__


class Shim:
    def __init__(self):
        self.channel = Channel()
        self.known = Known()
        self.case = Case(self, -1)
        self.functions = None
        self.turns = 0
        self.loop = Loop(self.wait_for_events, self.on_exception)
        asyncio.set_event_loop(self.loop)
        self.wait_until = None  # the loop's time at which a WAIT ends
        self.idle = False       # and whether it lasts that long without a timer too
        self.rough = False      # who turns without end may be late by a part of what has passed
        self.given = 0          # to who turns, in this WAIT
        self.busy_seconds = BUSY_SECONDS
        self.refused = False
        self.told = False       # anything since the request came

    def send(self, kind, fields):
        self.told = True
        self.channel.send(kind, Writer(self.known).payload(fields))

    # ---- rest ----

    def wait_for_events(self, poll, timeout):
        """Called by the loop in place of sleeping for `timeout` seconds."""
        events = poll(0)
        if events:
            return events
        if timeout is not None and timeout <= 0:
            self.turns += 1
            if self.turns < MAX_TURNS or self.go_on_though_busy():
                return []
            return self.answer(has_timers=False, busy=True)
        if self.loop.in_flight > 0:
            return poll(None)
        waits = self.wait_until is not None and (self.idle or timeout is not None)
        if waits and not self.told:
            return self.pass_time(poll, has_timer=timeout is not None)
        return self.answer(has_timers=timeout is not None, busy=False)

    def pass_time(self, poll, has_timer):
        """Sleeps until the next timer or the end of WAIT, and moves the clock to exactly there.

        Sums of fractions miss each other by less than DUST: a timer at the end of WAIT belongs to
        it, and one that is due now does not end it.
        """
        goal = self.wait_until
        if has_timer and self.loop.next_timer() < goal + DUST:
            goal = self.loop.next_timer()
            self.loop.count_tick()
        span = goal - self.loop.now
        self.loop.rest(max(0, span))
        events = poll(0)
        if events:
            return events
        self.loop.now = max(self.loop.now, goal)
        self.turns += 1
        is_stuck = self.turns >= MAX_TURNS and not self.go_on_though_busy()
        if span >= DUST or goal >= self.wait_until or is_stuck:
            self.wait_until = None
        return []

    def go_on_though_busy(self):
        """Whether a little of the present WAIT was left, and has passed."""
        left = 0 if self.wait_until is None or not self.idle else self.wait_until - self.loop.now
        if left < DUST or self.told:
            return False
        seconds = min(left, self.busy_seconds, self.loop.until_next_timer(BUSY_SECONDS))
        self.loop.rest(seconds)
        self.loop.now += seconds
        self.given += seconds
        most = max(MOST_BUSY_SECONDS, self.given / ROUGH_PART if self.rough else 0)
        self.busy_seconds = min(2 * self.busy_seconds, most)
        self.turns -= BUSY_TURNS
        return True

    def ms_until(self, moment):
        return None if moment is None else max(0, moment - self.loop.now) * 1000

    def answer(self, has_timers, busy):
        if not self.refused:
            mine = self.loop.next_of_this_case() if has_timers else None
            older = has_timers and mine is None
            soonest = self.loop.next_timer() if has_timers else None
            self.send(REST, {"timers": mine is not None, "older": older,
                             "ticks": self.loop.take_ticks(), "busy": busy,
                             "due": self.ms_until(soonest if older else mine),
                             "next": self.ms_until(soonest),
                             "alone": not busy and count_threads() == 0})
        self.channel.flush()
        self.turns, self.wait_until, self.refused, self.told = 0, None, False, False
        self.busy_seconds = BUSY_SECONDS
        kind, payload = self.channel.next_request()
        self.loop.call_soon(self.handle, kind, payload)
        return []

    # ---- requests ----

    def refuse(self, reason):
        self.refused = True
        self.send(REFUSED, {"reason": reason})

    def handle(self, kind, payload):
        if kind in (CALL, BEGIN, BATCH):
            collect()  # what the last case left behind is reported before, and dropped
            self.loop.case += 1
            self.known = Known()
            self.case = Case(self, -1)
        try:
            request = Reader(payload, self.known, self.case.make).payload()
            if kind == LOAD:
                raise Refused("a second submission")
            if kind in (CALL, BEGIN, BATCH):
                self.case.number = request["case"]
            elif request["case"] != self.case.number:
                raise Refused(f"case {request['case']}, which is not the current one")
            self.dispatch(kind, request)
        except Refused as refusal:
            self.refuse(str(refusal))
        except (LookupError, TypeError, ValueError) as error:
            self.refuse(f"a request that makes no sense: {error!r}")

    def dispatch(self, kind, request):
        if kind == CALL:
            if request["function"] not in self.functions:
                raise Refused("a function that was not loaded")
            perform(self.case, 0, self.functions[request["function"]], request)
        elif kind == BEGIN:
            self.case.given = request["given"]
        elif kind == DO:
            perform_all(self.case, request["steps"], self.functions)
        elif kind == BATCH:
            Batch(self.case, request, self.functions).proceed()
        elif kind == SETTLE:
            settle(self.case, request["settle"])
        elif kind == ABORT:
            for task in self.case.tasks.values():
                task.cancel()
        elif kind == WAIT:
            self.loop.ahead += (request.get("passed") or 0) / 1000
            self.wait_until = self.loop.now + request["ms"] / 1000
            self.idle = request.get("idle") is True
            self.rough = request.get("rough") is True
            self.given = 0
        elif kind == INSPECT:
            self.inspect()
        else:
            raise Refused(f"a request of type {kind}")

    def inspect(self):
        for thing in self.known.objects.values():
            if isinstance(thing, BaseException):
                thing.__traceback__ = None  # its frames may keep alive what was never retrieved
        collect()
        self.report_kept()
        closed = [record[0] for record in self.case.iterables]
        self.case.report(OBSERVED, listeners=0, closed=closed)

    def report_kept(self):
        """Reports errors that nobody looked at although their futures are still held."""
        for thing in get_objects():
            if not issubclass(type(thing), Future) or not was_not_retrieved(thing):
                continue
            if not any(thing is ours for ours in self.case.futures):
                self.send(UNHANDLED, {"error": Future.exception(thing)})

    def on_exception(self, context):
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
        collect()
        freeze()  # what stands now never dies: the collections of each case need not look at it
        runtime = f"{platform.python_implementation()} {platform.python_version()}"
        return self.send(READY, {"runtime": runtime})


def draw_alike(seed):
    """Lets `random` begin with `seed`, and so do all generators that are made without one: equal
    programs draw equal numbers in every run, as with Node's --random-seed. What asks the system
    for chance (SystemRandom, secrets, os.urandom) still gets it."""
    seeds = random.Random(seed)
    plain = random.Random.seed

    def begin(self, a=None, version=2):
        plain(self, seeds.getrandbits(64) if a is None else a, version)

    random.Random.seed = begin
    random.seed = random.random.__self__.seed  # of the generator behind the functions
    random.seed(seed)


def main():
    if len(sys.argv) > 1:
        draw_alike(int(sys.argv.pop()))
    shim = Shim()
    shim.serve_load()
    shim.turns = -1
    kind, payload = shim.channel.next_request()
    shim.loop.call_soon(shim.handle, kind, payload)
    shim.loop.run_forever()


main()
