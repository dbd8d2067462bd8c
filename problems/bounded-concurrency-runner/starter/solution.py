async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    """Runs `tasks`, async functions without arguments, never more than `limit` at a time."""
    raise NotImplementedError
