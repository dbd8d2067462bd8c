# With the standard library's quoting, whose '~' has to be mended; keys are checked by making them again.
from urllib.parse import quote, unquote_to_bytes


def _escape(text):
    return quote(text, safe="").replace("~", "%7E")


def _unescape(text):
    return unquote_to_bytes(text).decode("utf-8")


def key_prefix(namespace, version):
    whole = type(version) is int and 0 < version < 1 << 53
    if not whole:
        raise ValueError(version)
    return _escape(namespace) + "@" + str(version) + "/"


_WRITERS = {
    type(None): lambda part: "n",
    bool: lambda part: "ft"[part],
    int: lambda part: "i%d" % part,
    str: lambda part: "s" + _escape(part),
}


def encode_key(namespace, version, parts):
    key = [key_prefix(namespace, version)]
    for part in parts:
        if type(part) not in _WRITERS:
            raise TypeError(type(part).__name__)
        key.append(_WRITERS[type(part)](part))
        key.append(";")
    return "".join(key)


def _read(key):
    namespace, _, rest = key.partition("@")
    version, _, rest = rest.partition("/")
    *parts, last = rest.split(";")
    if last:
        raise ValueError
    values = []
    for part in parts:
        kind, content = part[:1], part[1:]
        if kind == "s":
            values.append(_unescape(content))
        elif kind == "i":
            values.append(int(content))
            if not -(1 << 53) < values[-1] < 1 << 53:
                raise ValueError
        else:
            values.append({"n": None, "t": True, "f": False}[kind])
    return {"namespace": _unescape(namespace), "version": int(version), "parts": values}


def decode_key(key):
    try:
        entry = _read(key)
        return entry if encode_key(**entry) == key else None
    except (ValueError, KeyError):
        return None
