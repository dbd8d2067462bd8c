class SlidingWindowLog:
    """Admits at most `limit` requests of a key in any span of `window_ms` milliseconds."""

    def __init__(self, limit, window_ms):
        raise NotImplementedError

    def try_acquire(self, key):
        """Whether this request is admitted."""
        raise NotImplementedError

    def retry_after(self, key):
        """Milliseconds until a request of this key would be admitted; 0: now."""
        raise NotImplementedError
