# fails: quiet
# Raises the first failure at once; when a second task failed in the same turn, nobody ever looks at
# its exception.
import asyncio


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    if not limit >= 1 or limit % 1 != 0:
        raise ValueError("limit")
    loop = asyncio.get_running_loop()
    outcome = loop.create_future()
    results = [None] * len(tasks)
    waiting = list(enumerate(tasks))[::-1]
    running = {}

    def on_done(task):
        index = running.pop(task)
        if outcome.done() or task.cancelled():
            return
        error = task.exception()
        if mode == "collect":
            results[index] = (
                {"status": "rejected", "reason": error}
                if error is not None
                else {"status": "fulfilled", "value": task.result()}
            )
        elif error is not None:
            outcome.set_exception(error)
            for each in running:
                if not each.done():
                    each.cancel()
            return
        else:
            results[index] = task.result()
        fill()

    def fill():
        while waiting and len(running) < limit:
            index, function = waiting.pop()
            task = loop.create_task(function())
            running[task] = index
            task.add_done_callback(on_done)
        if not running and not outcome.done():
            outcome.set_result(results)

    fill()
    try:
        return await outcome
    except asyncio.CancelledError:
        for each in running:
            each.cancel()
        raise
