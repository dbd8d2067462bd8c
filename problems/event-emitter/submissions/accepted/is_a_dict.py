# A dict of lists that is the emitter itself; recursion and an iterator for the walk.
from dataclasses import dataclass, field


@dataclass(eq=False)
class Slot:
    function: object
    limited: bool = False
    spent: bool = field(default=False, repr=False)

    def may_run(self):
        free, self.spent = not (self.limited and self.spent), True
        return free


class Emitter(dict):
    def __init__(self, max_listeners=10, on_too_many=None):
        super().__init__()
        self._most, self._hook, self._warned = max_listeners, on_too_many, []

    def __missing__(self, event):
        return []

    def _put(self, event, position, slot):
        self[event] = [*self[event][:position], slot, *self[event][position:]]
        if len(self[event]) > self._most and event not in self._warned:
            self._warned.append(event)
            if callable(self._hook):
                self._hook(event)
        return self

    def on(self, event, listener):
        return self._put(event, self.count(event), Slot(listener))

    def once(self, event, listener):
        return self._put(event, self.count(event), Slot(listener, limited=True))

    def prepend(self, event, listener):
        return self._put(event, 0, Slot(listener))

    def off(self, event, listener):
        slot = next((s for s in reversed(self[event]) if s.function is listener), None)
        return self._drop(event, slot)

    def _drop(self, event, slot):
        if event in self:
            self[event] = [other for other in self[event] if other is not slot]
        return self

    def remove_all(self, event=None):
        self.clear() if event is None else self.pop(event, None)
        return self

    def _run(self, event, slots, args):
        for slot in slots:
            if slot.may_run():
                if slot.limited:
                    self._drop(event, slot)
                slot.function(*args)
            return self._run(event, slots, args)

    def emit(self, event, *args):
        slots = self[event]
        if event == "error" and len(slots) == 0:
            try:
                raise args[0]
            except TypeError:
                if isinstance(args[0], TypeError):
                    raise
            raise RuntimeError(args[0])
        self._run(event, iter(slots), args)
        return slots != []

    def count(self, event):
        return len(self[event])
