class CircuitBreaker:
    """Refuses calls for a while after too many of them have failed."""

    def __init__(self, *, window, minimum, share, open_for, probes,
                 timeout=None, is_failure=None, on_state=None):
        raise NotImplementedError

    async def call(self, operation, fallback=None):
        """Awaits `operation()`, unless the breaker is open."""
        raise NotImplementedError
