# Waits for a flag that only the event loop could set.
async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    done = False
    while not done:
        pass
