# Odd but right: timers are never cancelled; each knows the push it was set for, and does nothing when that is old.
from asyncio import get_running_loop
from itertools import count


class Coalescer:
    def __init__(self, emit, *, quiet_ms, max_wait_ms):
        if not (quiet_ms > 0 and max_wait_ms >= quiet_ms):
            raise ValueError
        numbers, bursts = count(1), {}

        def later(ms, key, place, number):
            def look():
                if key in bursts and bursts[key][place] == number:
                    self.flush(key)
            get_running_loop().call_later(ms / 1000, look)

        def push(key, value):
            number = next(numbers)
            first = bursts[key][0] if key in bursts else number
            bursts[key] = [first, number, value]
            if first == number:
                later(max_wait_ms, key, 0, number)
            later(quiet_ms, key, 1, number)

        def flush(key):
            found = key in bursts
            if found:
                emit(key, bursts.pop(key).pop())
            return found

        self.push, self.flush = push, flush
        self.cancel = lambda key: bool(bursts.pop(key, []))
