"""An event loop that asks the shim instead of sleeping, on a clock that the shim moves."""
import asyncio
import selectors
import time
from math import ceil, inf, ulp
from select import select
from weakref import WeakKeyDictionary


current_task = asyncio.current_task
# asyncio's own, for those who write loops and tasks of their own.
enter_task, leave_task = asyncio.tasks._enter_task, asyncio.tasks._leave_task
unregister_task = asyncio.tasks._unregister_task


class Fixed(type):
    """A class whose attributes are not assigned to."""

    def __setattr__(cls, name, value):
        raise AttributeError(f"{cls.__name__}.{name} cannot be replaced")


class Loop(asyncio.SelectorEventLoop, metaclass=Fixed):
    """`wait(poll, timeout)` is called in place of sleeping, `tell(context)` for every error that
    nobody handled, whatever handler the submission sets."""

    def __init__(self, wait, tell):
        self.now = time.monotonic()
        self.ahead = 0  # seconds that other clocks have come already
        self.in_flight = 0  # calls in the thread pool, which are no rest
        self.tell = tell
        self.case = 0  # the present one
        self.ticks = 0  # timers of earlier cases that fired, since somebody asked
        self.began = WeakKeyDictionary()  # timer -> in which case
        self.selector = Selector(self, wait)
        super().__init__(self.selector)
        self.caller = self.make_caller()

    def make_caller(self):
        """The task in which plain functions are called, as they are where people use them. It waits
        for ever, and nobody who asks for all tasks is told of it."""
        async def wait():
            await self.create_future()

        task = self.create_task(wait())
        unregister_task(task)
        self.call_soon(self.stop)
        self.run_forever()
        return task

    def call_in_task(self, function, arguments, options):
        """Calls it in the running task or, where none runs, in one of ours."""
        if current_task(self) is not None:
            return function(*arguments, **options)
        enter_task(self, self.caller)
        try:
            return function(*arguments, **options)
        finally:
            leave_task(self, self.caller)

    def time(self):
        return self.now

    def call_at(self, when, callback, *args, context=None):
        timer = super().call_at(when, callback, *args, context=context)
        self.began[timer] = self.case
        return timer

    @property
    def _clock_resolution(self):
        """asyncio fires what is due before now and this much.

        Far from zero a nanosecond adds nothing to a float.
        """
        return max(1e-9, 2 * ulp(self.now))

    @_clock_resolution.setter
    def _clock_resolution(self, _):
        pass

    @property
    def dust(self):
        """Who is due in less, by sums of fractions that miss each other, is fired at once."""
        return self._clock_resolution / 2

    def next_timer(self):
        return self._scheduled[0].when()

    def until_next_timer(self, least):
        """In how many seconds, `least` or more, the next timer is due; without end without one."""
        return max(least, self.next_timer() - self.now) if self._scheduled else inf

    def count_tick(self):
        """The next timer is about to fire."""
        self.ticks += self.began.get(self._scheduled[0]) != self.case

    def take_ticks(self):
        taken, self.ticks = self.ticks, 0
        return taken

    def next_of_this_case(self):
        """When the next timer that the present case started is due; None without one."""
        mine = [timer.when() for timer in self._scheduled
                if not timer.cancelled() and self.began.get(timer) == self.case]
        return min(mine, default=None)

    def rest(self, seconds):
        """Sleeps until something is ready, and so long at most, to the microsecond.

        The selector would round up to whole milliseconds, and those of several rests add up.
        Less than half a nanosecond comes from subtracting; half a microsecond less keeps select
        from rounding up.
        """
        self.ahead -= seconds
        if self.ahead >= 0:
            return
        microseconds = ceil(-self.ahead * 1e6 - 0.0005)
        self.ahead = 0
        select([self.selector.fileno()], [], [], max(0, microseconds - 0.5) / 1e6)

    def run_in_executor(self, executor, function, *arguments):
        future = super().run_in_executor(executor, function, *arguments)
        self.in_flight += 1
        future.add_done_callback(self.landed)
        return future

    def landed(self, _):
        self.in_flight -= 1

    @property
    def call_exception_handler(self):
        """A property, so that the loop's own attributes cannot stand in front of it."""

        def call(context):
            self.tell(context)
            if self.get_exception_handler() is not None:
                asyncio.SelectorEventLoop.call_exception_handler(self, context)

        return call


class Selector(selectors.DefaultSelector):
    def __init__(self, loop, wait):
        super().__init__()
        self.loop = loop
        self.wait = wait

    def select(self, timeout=None):
        if timeout is not None and timeout < self.loop.dust:
            timeout = 0
        return self.wait(super().select, timeout)
