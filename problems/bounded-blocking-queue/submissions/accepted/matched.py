# Requests in two ordered dicts; after every change all that can be served are.
import asyncio
from collections import OrderedDict, deque


def closed():
    return type("QueueClosedError", (Exception,), {})("closed")


class BoundedQueue:
    def __init__(self, capacity):
        if capacity != capacity or capacity < 1 or capacity != int(capacity):
            raise ValueError("capacity")
        self.__capacity, self.__held, self.__open = capacity, deque(), True
        self.__puts, self.__takes = OrderedDict(), OrderedDict()

    async def __request(self, line, value=None):
        future = asyncio.get_running_loop().create_future()
        line[future] = value
        self.__match()
        try:
            return await future
        except asyncio.CancelledError:
            if future in line:
                del line[future]
            elif not future.cancelled() and future.exception() is None:
                return future.result()
            raise

    def __match(self):
        while True:
            if self.__takes and self.__held:
                future, _ = self.__takes.popitem(last=False)
                if not future.cancelled():
                    future.set_result(self.__held.popleft())
            elif self.__puts and len(self.__held) < self.__capacity:
                future, value = self.__puts.popitem(last=False)
                if not future.cancelled():
                    self.__held.append(value)
                    future.set_result(None)
            else:
                break
        if not self.__open:
            for line in [self.__puts] + [self.__takes] * (not self.__held):
                while line:
                    future, _ = line.popitem()
                    if not future.done():
                        future.set_exception(closed())

    async def put(self, value):
        if not self.__open:
            raise closed()
        await self.__request(self.__puts, value)

    async def take(self):
        return await self.__request(self.__takes)

    def close(self):
        self.__open = False
        self.__match()

    def size(self):
        return len(self.__held)
