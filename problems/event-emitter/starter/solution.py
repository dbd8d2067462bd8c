class Emitter:
    """Calls the functions that were added for an event when it is emitted."""

    def __init__(self, *, max_listeners=10, on_too_many=None):
        raise NotImplementedError

    def on(self, event, listener):
        return self

    def once(self, event, listener):
        return self

    def prepend(self, event, listener):
        return self

    def off(self, event, listener):
        return self

    def remove_all(self, event=None):
        return self

    def emit(self, event, *args):
        """Says whether anybody listened."""
        return False

    def count(self, event):
        return 0
