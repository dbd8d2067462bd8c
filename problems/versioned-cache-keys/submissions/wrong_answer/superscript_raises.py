# fails: strict
# isdigit() is true for a superscript two, for which int() raises.
import re

MAX = 2 ** 53 - 1
SAFE = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")


def esc(text):
    return "".join(c if c in SAFE else "".join("%%%02X" % b for b in c.encode()) for c in text)


def unesc(text):
    raw = bytearray()
    it = iter(text)
    for c in it:
        if c == "%":
            pair = next(it, "") + next(it, "")
            if not re.fullmatch("[0-9A-F]{2}", pair):
                raise ValueError(pair)
            raw.append(int(pair, 16))
        elif c in SAFE:
            raw += c.encode()
        else:
            raise ValueError(c)
    out = raw.decode()
    if esc(out) != text:
        raise ValueError(text)
    return out


def key_prefix(namespace, version):
    if isinstance(version, float) and not version.is_integer() or not 1 <= version <= MAX:
        raise ValueError(version)
    return f"{esc(namespace)}@{int(version)}/"


def _write(part):
    match part:
        case None: return "n;"
        case True: return "t;"
        case False: return "f;"
        case int(): return f"i{part};"
        case str(): return f"s{esc(part)};"
    raise TypeError(part)


def encode_key(namespace, version, parts):
    return key_prefix(namespace, version) + "".join(map(_write, parts))


def _whole(text, signed):
    if not re.fullmatch("(?:0|-?[1-9][0-9]*)" if signed else "[1-9][0-9]*", text) or len(text) > 17:
        raise ValueError(text)
    n = int(text)
    if abs(n) > MAX:
        raise ValueError(text)
    return n


def _read(piece):
    kind, rest = piece[:1], piece[1:]
    if kind == "s": return unesc(rest)
    if kind == "i": return _whole(rest, True)
    if rest or kind not in ("n", "t", "f"): raise ValueError(piece)
    return {"n": None, "t": True, "f": False}[kind]


def decode_key(key):
    head, at, tail = key.partition("@")
    digits, slash, body = tail.partition("/")
    if not at or not slash or body and not body.endswith(";"):
        return None
    if not digits.isdigit() or not 1 <= int(digits) <= MAX or str(int(digits)) != digits:
        return None
    try:
        parts = [_read(p) for p in body.split(";")[:-1]]
        return {"namespace": unesc(head), "version": int(digits), "parts": parts}
    except ValueError:
        return None
