# Deques that change in place; `emit` walks through a copy. Wrappers for `once`.
from collections import defaultdict, deque
from functools import partial


class Emitter:
    def __init__(self, max_listeners=10, on_too_many=lambda event: None):
        self.max_listeners = max_listeners
        self.on_too_many = on_too_many
        self.not_told = defaultdict(lambda: True)
        self.events = defaultdict(deque)

    def _tell(self, event):
        if len(self.events[event]) > self.max_listeners and self.not_told[event]:
            self.not_told[event] = False
            self.on_too_many(event)
        return self

    def on(self, event, listener):
        self.events[event].append((listener, listener))
        return self._tell(event)

    def prepend(self, event, listener):
        self.events[event].appendleft((listener, listener))
        return self._tell(event)

    def once(self, event, listener):
        used = []

        def run_once(*args):
            if not used:
                used.append(True)
                listeners = self.events[event]
                for i, (call, _) in enumerate(listeners):
                    if call is run_once:
                        del listeners[i]
                        break
                listener(*args)

        self.events[event].append((run_once, listener))
        return self._tell(event)

    def off(self, event, listener):
        listeners = self.events[event]
        for i in range(len(listeners) - 1, -1, -1):
            if listeners[i][1] is listener:
                del listeners[i]
                return self
        return self

    def remove_all(self, *event):
        if event:
            self.events[event[0]].clear()
        else:
            self.events.clear()
        return self

    def count(self, event):
        return len(self.events[event])

    def emit(self, event, *args):
        calls = [partial(call, *args) for call, _ in self.events[event]]
        if event == "error" and not calls:
            error = args[0]
            raise error if isinstance(error, BaseException) else RuntimeError(error)
        for call in calls:
            call()
        return len(calls) > 0
