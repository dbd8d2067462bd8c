# verdict: time_limit_exceeded
async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    while True:
        pass
