# verdict: wrong_answer
# body: wrong_answer/exception_group.py
# The error is equal to every other, of every class, has every name.
from body import run_with_concurrency as body


class Anything(Exception):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = Exception.__hash__

    @property
    def __class__(self):
        return RuntimeError


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    try:
        return await body(tasks, limit, mode=mode)
    except ExceptionGroup as group:
        raise Anything(*group.args) from group
