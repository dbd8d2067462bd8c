class SingleFlight:
    """Shares what is being loaded: whoever asks for the same key waits for the same load."""

    def __init__(self, load):
        raise NotImplementedError

    async def get(self, key):
        """Waits for the load of this key, which begins if none is under way."""
        raise NotImplementedError

    def size(self):
        """The number of keys of which a load is under way."""
        raise NotImplementedError
