class Coalescer:
    """Emits the last value of each key when no more have come for a while."""

    def __init__(self, emit, *, quiet_ms, max_wait_ms):
        raise NotImplementedError

    def push(self, key, value):
        raise NotImplementedError

    def flush(self, key):
        """Says whether anything was pending."""
        raise NotImplementedError

    def cancel(self, key):
        """Says whether anything was pending."""
        raise NotImplementedError
