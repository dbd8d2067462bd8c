"""Values on the wire (PROTOCOL.md, "Values") for the Python shim.

Objects of the submission are read through the built-in types' own methods: nothing that it
overrides is called.
"""
import asyncio
import builtins
import struct

MAX_DEPTH = 64
MAX_VALUES = 1_000_000
MAX_BYTES = 8 * 1024 * 1024 - 4096  # of one payload; a frame may have 8 MiB
MAX_CLASSES = 32
GROUP = getattr(builtins, "BaseExceptionGroup", None)  # Python 3.11

pack_u32 = struct.Struct("<I").pack
pack_i64 = struct.Struct("<q").pack
pack_f64 = struct.Struct("<d").pack
unpack_u32 = struct.Struct("<I").unpack_from
unpack_i64 = struct.Struct("<q").unpack_from
unpack_f64 = struct.Struct("<d").unpack_from


class Refused(Exception):
    """What the judge sent makes no sense here; answered with REFUSED."""


class TooLarge(Exception):
    """A value with more bytes or members than a frame may carry."""


NAMED = ("function", "builtin_function_or_method", "method", "coroutine", "type")
OMITTED = object()  # a controlled input that Python leaves out


class Known:
    """The objects that the judge defined in the current case.

    Holds them, so that an identity is never reused.
    """

    def __init__(self):
        self.objects = {}
        self.ids = {}

    def define(self, number, thing):
        self.objects[number] = thing
        self.ids[id(thing)] = number


class Writer:
    def __init__(self, known):
        self.out = bytearray()
        self.known = known
        self.values = 0
        self.path = []

    def payload(self, fields):
        """An object of these fields; one that is too large becomes opaque."""
        self.out += b"\x0b" + pack_u32(len(fields))
        for key, value in fields.items():
            self.text(key)
            start = len(self.out)
            self.values, self.path = 1, []
            try:
                self.value(value, 1)
                self.require_room(0)
            except TooLarge:
                del self.out[start:]
                self.opaque("value too large to send")
        return self.out

    def require_room(self, size):
        if len(self.out) + size > MAX_BYTES:
            raise TooLarge

    def text(self, text):
        self.require_room(len(text))
        try:
            data = str.encode(text, "utf-8")
        except UnicodeEncodeError:  # lone surrogates stay, halves of a pair are joined
            joined = str.encode(text, "utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
            data = joined.encode("utf-8", "surrogatepass")
        self.out += pack_u32(len(data))
        self.out += data

    def opaque(self, what):
        self.out += b"\x10"
        self.text(what)

    def blob(self, data):
        self.require_room(len(data))
        self.out += b"\x08" + pack_u32(len(data))
        self.out += data

    def value(self, value, depth):
        self.values += 1
        if self.values > MAX_VALUES:
            raise TooLarge
        self.require_room(0)
        kind = type(value)
        if value is None:
            self.out += b"\x01"
        elif kind is bool:
            self.out += b"\x03" if value else b"\x02"
        elif issubclass(kind, int):
            self.integer(int.__int__(value))
        elif issubclass(kind, float):
            self.out += b"\x05" + pack_f64(float.__float__(value))
        elif issubclass(kind, str):
            self.out += b"\x07"
            self.text(value)
        elif issubclass(kind, (bytes, bytearray)):
            self.blob(value)
        elif kind is memoryview:
            self.blob(bytes(value))
        else:
            self.reference(value, kind, depth)

    def integer(self, value):
        if -(1 << 63) <= value < 1 << 63:
            self.out += b"\x04" + pack_i64(value)
            return
        try:
            decimal = str(value)
        except ValueError:
            self.opaque(f"integer of {value.bit_length()} bits")
            return
        self.out += b"\x06"
        self.text(decimal)

    def reference(self, value, kind, depth):
        number = self.known.ids.get(id(value))
        if number is not None:
            self.out += b"\x0f" + pack_u32(number)
            return
        if any(ancestor is value for ancestor in self.path):
            self.opaque("cycle")
            return
        if depth >= MAX_DEPTH:
            self.opaque("nested too deep")
            return
        start = len(self.out)
        self.path.append(value)
        try:
            self.container(value, kind, depth)
        except TooLarge:
            raise
        except Exception:
            del self.out[start:]
            self.opaque("object that throws when it is read")
        self.path.pop()

    def container(self, value, kind, depth):
        if issubclass(kind, (list, tuple)):
            base = list if issubclass(kind, list) else tuple
            self.members(b"\x0a", list(base.__iter__(value)), depth)
        elif issubclass(kind, dict):
            self.dictionary(list(dict.items(value)), depth)
        elif issubclass(kind, (set, frozenset)):
            self.set(value, kind, depth)
        elif issubclass(kind, BaseException):
            self.error(value, kind, depth)
        elif is_instant(value, kind):
            self.out += b"\x09" + pack_f64(value.timestamp() * 1000)
        elif kind.__name__ in NAMED:
            self.opaque(f"{kind.__name__} {value.__name__}"[:100])
        else:
            self.opaque(f"instance of {kind.__name__}"[:100])

    def members(self, tag, members, depth):
        self.out += tag + pack_u32(len(members))
        for member in members:
            self.value(member, depth + 1)

    def dictionary(self, items, depth):
        if all(issubclass(type(key), str) for key, _ in items):
            self.out += b"\x0b" + pack_u32(len(items))
            for key, value in items:
                self.text(key)
                self.value(value, depth + 1)
            return
        self.out += b"\x0c" + pack_u32(len(items))
        for key, value in items:
            self.value(key, depth + 1)
            self.value(value, depth + 1)

    def set(self, value, kind, depth):
        """Sorted by encoding: Python's own order changes from run to run."""
        base = set if issubclass(kind, set) else frozenset
        encodings = []
        start = len(self.out)
        for member in list(base.__iter__(value)):
            self.value(member, depth + 1)
            encodings.append(bytes(self.out[start:]))
            del self.out[start:]
        self.out += b"\x0d" + pack_u32(len(encodings)) + b"".join(sorted(encodings))

    def error(self, error, kind, depth):
        names = [base.__name__ for base in type.mro(kind) if base is not object][:MAX_CLASSES]
        self.out += b"\x0e" + pack_u32(len(names))
        for name in names:
            self.text(name)
        self.text(message_of(error))
        fields = {}
        if GROUP is not None and issubclass(kind, GROUP):
            fields["errors"] = list(GROUP.exceptions.__get__(error))
        if error.__cause__ is not None:
            fields["cause"] = error.__cause__
        if "code" in error.__dict__:
            fields["code"] = error.__dict__["code"]
        self.out += pack_u32(len(fields))
        for key, value in fields.items():
            self.text(key)
            self.value(value, depth + 1)


def is_instant(value, kind):
    """A datetime that knows its zone; one that does not names no point in time."""
    if kind.__module__ != "datetime" or kind.__name__ != "datetime":
        return False
    return value.tzinfo is not None


def message_of(error):
    """What the exception was made with, without asking its __str__."""
    arguments = BaseException.args.__get__(error)
    if len(arguments) >= 2 and issubclass(type(error), OSError) and type(arguments[1]) is str:
        return arguments[1]
    if len(arguments) >= 1 and type(arguments[0]) is str:
        return arguments[0]
    if len(arguments) == 1 and type(arguments[0]) in (int, float, bool):
        return repr(arguments[0])
    return ""


class Reader:
    """Reads one payload. `controlled(kind, fields)` makes what the judge controls."""

    def __init__(self, data, known, controlled):
        self.data = data
        self.at = 0
        self.known = known
        self.controlled = controlled
        self.readers = {
            0: lambda: None,
            1: lambda: None,
            2: lambda: False,
            3: lambda: True,
            4: lambda: self.scalar(unpack_i64, 8),
            5: lambda: self.scalar(unpack_f64, 8),
            6: lambda: int(self.text()),
            7: self.text,
            8: self.blob,
            9: self.date,
            10: self.members,
            11: self.fields,
            12: self.map,
            13: lambda: set(self.members()),
            14: self.error,
            15: self.reference,
            17: self.define,
            18: lambda: self.controlled(self.text(), self.fields()),
        }

    def payload(self):
        try:
            result = self.value()
        except (IndexError, struct.error):
            raise Refused("a payload that is cut off") from None
        if self.at != len(self.data) or type(result) is not dict:
            raise Refused("a payload that is not one object")
        return result

    def scalar(self, unpack, size):
        (result,) = unpack(self.data, self.at)
        self.at += size
        return result

    def count(self):
        return self.scalar(unpack_u32, 4)

    def blob(self):
        size = self.count()
        self.at += size
        return bytes(self.data[self.at - size:self.at])

    def text(self):
        return self.blob().decode("utf-8", "surrogatepass")

    def date(self):
        import datetime
        milliseconds = self.scalar(unpack_f64, 8)
        return datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.timezone.utc)

    def value(self):
        tag = self.data[self.at]
        self.at += 1
        reader = self.readers.get(tag)
        if reader is None:
            raise Refused(f"the tag {tag}")
        return reader()

    def members(self):
        return [self.value() for _ in range(self.count())]

    def fields(self):
        return {self.text(): self.value() for _ in range(self.count())}

    def map(self):
        return {self.value(): self.value() for _ in range(self.count())}

    def reference(self):
        number = self.count()
        if number not in self.known.objects:
            raise Refused(f"the known object {number}, which was never defined")
        return self.known.objects[number]

    def define(self):
        number = self.count()
        thing = self.value()
        self.known.define(number, thing)
        return thing

    def error(self):
        names = [self.text() for _ in range(self.count())]
        return make_error(names, self.text(), self.fields())


def make_error(names, message, fields):
    """An exception of the given classes.

    The first that Python knows is the base, those before it are made.
    """
    base, made = Exception, []
    for name in names:
        known = getattr(builtins, name, None)
        if name == "CancelledError":
            known = asyncio.CancelledError
        if isinstance(known, type) and issubclass(known, BaseException):
            base = known
            break
        made.append(name)
    for name in reversed(made):
        base = type(name, (base,), {})
    grouped = GROUP is not None and issubclass(base, GROUP)
    error = base(message, fields["errors"]) if grouped else base(message)
    if isinstance(fields.get("cause"), BaseException):
        error.__cause__ = fields["cause"]
    if "code" in fields:
        error.code = fields["code"]
    return error
