# verdict: wrong_answer
# body: wrong_answer/raw_exceptions.py
# type, id, any, all and repr answer what the shim would like to hear, while the call runs.
import builtins

from body import run_with_concurrency as body

names = ("id", "any", "all", "repr", "sorted", "zip", "hasattr")
real = {name: getattr(builtins, name) for name in names}
lies = {"any": lambda items: False, "all": lambda items: True, "id": lambda thing: 0,
        "repr": lambda thing: "", "sorted": lambda items, **rest: list(items)}


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    for name, lie in lies.items():
        setattr(builtins, name, lie)
    try:
        return await body(tasks, limit, mode=mode)
    finally:
        for name, function in real.items():
            setattr(builtins, name, function)
