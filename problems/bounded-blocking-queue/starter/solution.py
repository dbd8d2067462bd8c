class BoundedQueue:
    """Holds at most `capacity` values between those who put and those who take."""

    def __init__(self, capacity):
        raise NotImplementedError

    async def put(self, value):
        """Waits until there is room for the value."""
        raise NotImplementedError

    async def take(self):
        """Waits for a value and returns it."""
        raise NotImplementedError

    def close(self):
        raise NotImplementedError

    def size(self):
        raise NotImplementedError
