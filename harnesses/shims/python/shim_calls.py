"""The calls of a case (PROTOCOL.md, "Requests").

CALL's only one, or those that DO asks for, on an export or on what an earlier call gave.
"""
import asyncio

from shim_case import settle, snake_case
from shim_values import OMITTED, Refused

RETURNED, THREW, FULFILLED, REJECTED = range(68, 72)
ENDS_PROCESS = (SystemExit, KeyboardInterrupt)


def perform(case, call, function, request):
    """Calls `function` as call number `call` of the case."""
    arguments = [each for each in request["arguments"] if each is not OMITTED]
    given = request.get("options") or {}
    options = {snake_case(name): value for name, value in given.items() if value is not OMITTED}
    try:
        result = case.shim.loop.call_in_task(function, arguments, options)
    except ENDS_PROCESS:
        raise
    except BaseException as error:
        case.report(THREW, call=call, error=error)
        return
    promise = not request.get("new") and hasattr(type(result), "__await__")
    case.report(RETURNED, call=call, promise=promise)
    if not promise:
        fulfil(case, call, result)
        return
    task = asyncio.ensure_future(result, loop=case.shim.loop)
    case.tasks[call] = task
    task.add_done_callback(lambda task: finish(case, call, task))


def fulfil(case, call, value):
    case.results[call] = value
    case.report(FULFILLED, call=call, value=value)


def finish(case, call, task):
    try:
        value = task.result()
    except ENDS_PROCESS:
        raise
    except BaseException as error:
        case.report(REJECTED, call=call, error=error)
    else:
        fulfil(case, call, value)


def find(case, step, exports):
    """What is called: an export, or of what an earlier call gave a method, or that itself.

    A method that is not there is the affair of the submission: calling it raises.
    """
    on, name = step["on"], step["function"]
    if on < 0:
        if name not in exports:
            raise Refused("a function that was not loaded")
        return exports[name]
    if on not in case.results:
        raise Refused(f"call {on}, which gave nothing")
    owner = case.results[on]
    if name == "":
        return owner
    return lambda *values, **options: getattr(owner, snake_case(name))(*values, **options)


def perform_all(case, steps, exports):
    """The steps of one DO, in one turn. All are looked up before the first is done."""
    targets = []
    for step in steps:
        if step["kind"] not in ("call", "settle", "abort"):
            raise Refused(f"a step of kind {step['kind']}")
        targets.append(find(case, step, exports) if step["kind"] == "call" else None)
    for step, target in zip(steps, targets):
        if step["kind"] == "call":
            perform(case, step["call"], target, step)
        elif step["kind"] == "settle":
            settle(case, [step])
        elif step["call"] in case.tasks:
            case.tasks[step["call"]].cancel()
