class Semaphore:
    """Hands out at most `permits` permits at a time, in the order in which they are asked for."""

    def __init__(self, permits):
        raise NotImplementedError

    async def acquire(self):
        """Waits for a permit and returns the function that gives it back."""
        raise NotImplementedError

    async def run_exclusive(self, body):
        """Awaits `body()` while holding a permit and returns what it returns."""
        raise NotImplementedError
