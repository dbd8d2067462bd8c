# fails: drains
# `close` does nothing until somebody awaits it.
import asyncio
from collections import deque


class QueueClosedError(Exception):
    pass


class BoundedQueue:
    def __init__(self, capacity):
        if not isinstance(capacity, int) or capacity < 1:
            raise ValueError("capacity must be a whole number above 0")
        self._capacity = capacity
        self._values = deque()
        self._putters = deque()
        self._takers = deque()
        self._closed = False

    async def put(self, value):
        if self._closed:
            raise QueueClosedError
        taker = self._first(self._takers)
        if taker is not None:
            taker[0].set_result(value)
        elif len(self._values) < self._capacity:
            self._values.append(value)
        else:
            await self._wait(self._putters, value)

    async def take(self):
        if self._values:
            value = self._values.popleft()
            self._let_in()
            return value
        if self._closed:
            raise QueueClosedError
        waiter = (asyncio.get_running_loop().create_future(), None)
        self._takers.append(waiter)
        try:
            return await waiter[0]
        except asyncio.CancelledError:
            if waiter in self._takers:
                self._takers.remove(waiter)
            elif waiter[0].done() and not waiter[0].cancelled() and waiter[0].exception() is None:
                self._return(waiter[0].result())  # it came in the same turn
            raise

    async def close(self):
        self._closed = True
        for line in (self._putters, self._takers):
            while line:
                future, _ = line.popleft()
                if not future.done():
                    future.set_exception(QueueClosedError())

    def size(self):
        return len(self._values)

    async def _wait(self, line, value):
        waiter = (asyncio.get_running_loop().create_future(), value)
        line.append(waiter)
        try:
            await waiter[0]
        except asyncio.CancelledError:
            if waiter in line:
                line.remove(waiter)
                raise
            if waiter[0].cancelled() or waiter[0].exception() is not None:
                raise
            # The value has come in already.

    def _let_in(self):
        putter = self._first(self._putters)
        if putter is not None:
            self._values.append(putter[1])
            putter[0].set_result(None)

    def _return(self, value):
        taker = self._first(self._takers)
        if taker is not None:
            taker[0].set_result(value)
        else:
            self._values.appendleft(value)

    @staticmethod
    def _first(line):
        while line:
            waiter = line.popleft()
            if not waiter[0].done():
                return waiter
        return None
