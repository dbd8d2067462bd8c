# The wall clock and the library's rational numbers: nothing is rounded but the clock.
import math
import time
from dataclasses import dataclass, field
from fractions import Fraction


def _now():
    return Fraction(time.time_ns(), 10 ** 9)


@dataclass
class TokenBucket:
    capacity: int
    tokens_per_second: float
    _missing: Fraction = field(default=Fraction(0), init=False)
    _at: Fraction = field(default_factory=_now, init=False)

    def __post_init__(self):
        if any(math.isnan(x) or x <= 0 for x in (self.capacity, self.tokens_per_second)):
            raise ValueError("above 0, please")
        self._rate = Fraction(self.tokens_per_second)

    def try_take(self, cost=1):
        now = _now()
        self._missing = max(Fraction(0), self._missing - (now - self._at) * self._rate)
        self._at = now
        admitted = self._missing + cost <= self.capacity
        self._missing += cost if admitted else 0
        return admitted
