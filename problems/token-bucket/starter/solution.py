class TokenBucket:
    """Admits what the tokens in it pay for; they come back evenly."""

    def __init__(self, capacity, tokens_per_second):
        raise NotImplementedError

    def try_take(self, cost=1):
        """Takes `cost` tokens and returns True if there are so many, else takes none."""
        raise NotImplementedError
