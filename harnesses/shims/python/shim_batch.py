"""Many calls in one request (PROTOCOL.md, BATCH): case after case, call after call.

A call whose result can be awaited is awaited before the next is made.
"""
import asyncio

from shim_case import snake_case
from shim_calls import ENDS_PROCESS
from shim_values import Refused

OUTCOME = 79
RETURNED, THREW, FULFILLED, REJECTED = range(4)


class Batch:
    def __init__(self, case, request, exports):
        missing = [name for name in request["functions"] if name not in exports]
        if missing:
            raise Refused("a function that was not loaded")
        self.case = case
        self.first = case.number
        self.functions = [exports[name] for name in request["functions"]]
        self.cases = request["cases"]
        self.look = request["look"]
        self.at = self.call = 0
        self.results = {}  # by number of the call, of those that gave something

    def tell(self, state, value, arguments):
        """What a call did, as it was at that moment."""
        if state in (RETURNED, FULFILLED):
            self.results[self.call] = value
        shim = self.case.shim
        if shim.case is self.case:
            after = arguments if self.look else None
            shim.send(OUTCOME, {"case": self.first + self.at, "call": self.call, "state": state,
                                "value": value, "after": after})

    def make(self, function, arguments, options, origins):
        """Makes the call; true when the next may follow at once."""
        for place, origin in zip(origins[::2], origins[1::2]):
            if origin not in self.results:
                return True
            arguments[place] = self.results[origin]
        named = {snake_case(name): value for name, value in (options or {}).items()}
        shown = arguments if options is None else [*arguments, options]
        try:
            result = self.functions[function](*arguments, **named)
        except ENDS_PROCESS:
            raise
        except BaseException as error:
            self.tell(THREW, error, shown)
            return True
        if hasattr(type(result), "__await__"):
            task = asyncio.ensure_future(result, loop=self.case.shim.loop)
            task.add_done_callback(lambda task: self.settled(task, shown))
            return False
        self.tell(RETURNED, result, shown)
        return True

    def settled(self, task, shown):
        if self.case.shim.case is not self.case:
            if not task.cancelled():
                task.exception()  # nobody waits for it any more
            return
        try:
            value = task.result()
        except ENDS_PROCESS:
            raise
        except BaseException as error:
            self.tell(REJECTED, error, shown)
        else:
            self.tell(FULFILLED, value, shown)
        self.call += 1
        self.proceed()

    def proceed(self):
        while self.at < len(self.cases):
            calls = self.cases[self.at]
            while self.call < len(calls):
                if not self.make(*calls[self.call]):
                    return
                self.call += 1
            self.at += 1
            self.call = 0
            self.results = {}
