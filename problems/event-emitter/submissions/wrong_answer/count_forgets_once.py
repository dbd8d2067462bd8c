# fails: answers, warns, failing?
# Counts those only that stay.
class Emitter:
    def __init__(self, *, max_listeners=10, on_too_many=None):
        self._max_listeners = max_listeners
        self._on_too_many = on_too_many
        self._told = set()
        self._events = {}

    def on(self, event, listener):
        self._events[event] = self._listeners(event) + (_Entry(listener),)
        return self._added(event)

    def once(self, event, listener):
        self._events[event] = self._listeners(event) + (_Entry(listener, once=True),)
        return self._added(event)

    def prepend(self, event, listener):
        self._events[event] = (_Entry(listener),) + self._listeners(event)
        return self._added(event)

    def off(self, event, listener):
        entries = self._listeners(event)
        for entry in reversed(entries):
            if entry.listener == listener:
                self._events[event] = tuple(other for other in entries if other is not entry)
                break
        return self

    def remove_all(self, event=None):
        if event is None:
            self._events.clear()
        else:
            self._events.pop(event, None)
        return self

    def emit(self, event, *args):
        entries = self._listeners(event)
        if not entries and event == "error":
            raise args[0] if isinstance(args[0], BaseException) else RuntimeError(args[0])
        for entry in entries:
            if entry.once:
                if entry.called:
                    continue
                entry.called = True
                self._events[event] = tuple(
                    other for other in self._listeners(event) if other is not entry)
            entry.listener(*args)
        return bool(entries)

    def count(self, event):
        return sum(not entry.once for entry in self._listeners(event))

    def _listeners(self, event):
        return self._events.get(event, ())

    def _added(self, event):
        if self.count(event) > self._max_listeners and event not in self._told:
            self._told.add(event)
            if self._on_too_many is not None:
                self._on_too_many(event)
        return self


class _Entry:
    def __init__(self, listener, once=False):
        self.listener = listener
        self.once = once
        self.called = False
