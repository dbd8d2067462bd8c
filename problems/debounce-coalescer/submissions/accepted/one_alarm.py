# All bursts in one heap by when they are due, stale ones too, and one timer for the first.
import asyncio
import heapq


class Coalescer:
    def __init__(self, emit, **times):
        quiet, longest = times["quiet_ms"], times["max_wait_ms"]
        if quiet != quiet or longest != longest or quiet <= 0 or longest < quiet:
            raise ValueError(times)
        self.__emit, self.__quiet, self.__longest = emit, quiet / 1000, longest / 1000
        self.__bursts, self.__heap, self.__number, self.__timer = {}, [], 0, None

    def push(self, key, value):
        now = asyncio.get_running_loop().time()
        begun = self.__bursts[key][0] if key in self.__bursts else now
        self.__number += 1
        self.__bursts[key] = (begun, self.__number, value)
        due = min(now + self.__quiet, begun + self.__longest)
        heapq.heappush(self.__heap, (due, self.__number, key))
        self.__arm()

    def __arm(self):
        if self.__timer is not None:
            self.__timer.cancel()
            self.__timer = None
        if self.__heap:
            self.__timer = asyncio.get_running_loop().call_at(self.__heap[0][0], self.__ring)

    def __ring(self):
        while self.__heap and self.__heap[0][0] <= asyncio.get_running_loop().time():
            _, number, key = heapq.heappop(self.__heap)
            if key in self.__bursts and self.__bursts[key][1] == number:
                self.flush(key)
        self.__arm()

    def flush(self, key):
        if key not in self.__bursts:
            return False
        self.__emit(key, self.__bursts.pop(key)[2])
        return True

    def cancel(self, key):
        return self.__bursts.pop(key, None) is not None
