# Odd but right: one dictionary of all listeners, by event and rank; who is called is sorted out before anybody is.
import itertools


class Emitter:
    def __init__(self, **options):
        self.__options = {"max_listeners": 10, "on_too_many": None, **options}
        self.__table = {}
        self.__ranks = itertools.count(1)
        self.__told = {}

    def __of(self, event):
        return sorted(key for key in self.__table if key[0] == event)

    def __add(self, event, listener, sign, lives):
        self.__table[event, sign * next(self.__ranks)] = [listener, lives]
        tell = self.__options["on_too_many"]
        if len(self.__of(event)) > self.__options["max_listeners"]:
            if self.__told.setdefault(event, self.__ranks) is self.__ranks:
                self.__told[event] = True
                if tell:
                    tell(event)
        return self

    def on(self, event, listener):
        return self.__add(event, listener, 1, float("inf"))

    def once(self, event, listener):
        return self.__add(event, listener, 1, 1)

    def prepend(self, event, listener):
        return self.__add(event, listener, -1, float("inf"))

    def off(self, event, listener):
        found = [key for key in self.__of(event) if self.__table[key][0] == listener]
        if found:
            del self.__table[found[-1]]
        return self

    def remove_all(self, event=None):
        for key in list(self.__table):
            if event is None or key[0] == event:
                del self.__table[key]
        return self

    def emit(self, event, *args):
        chosen = [(key, self.__table[key]) for key in self.__of(event)]
        if not chosen:
            if event == "error":
                if isinstance(args[0], BaseException):
                    raise args[0]
                raise RuntimeError(f"unheard error: {args[0]!r}")
            return False
        for key, record in chosen:
            listener, lives = record
            if lives == 1:
                self.__table.pop(key, None)
            if lives:
                record[1] -= 1
                listener(*args)
        return True

    def count(self, event):
        return len(self.__of(event))
