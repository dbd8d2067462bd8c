import re

PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
FORM = re.compile(r"([A-Za-z0-9_.%-]*)@([1-9][0-9]*)/((?:[sitfn][A-Za-z0-9_.%-]*;)*)", re.ASCII)
LARGEST = 2**53 - 1


def escape(text):
    return "".join(chr(byte) if byte in PLAIN else f"%{byte:02X}" for byte in text.encode("utf-8"))


def unescape(text):
    out = bytearray()
    at = 0
    while at < len(text):
        if text[at] == "%":
            out.append(int(text[at + 1:at + 3], 16))
            at += 3
        else:
            out += text[at].encode()
            at += 1
    return out.decode("utf-8")


def encode_part(part):
    if part is None:
        return "n"
    if isinstance(part, bool):
        return "t" if part else "f"
    if isinstance(part, str):
        return "s" + escape(part)
    if isinstance(part, int):
        return f"i{part}"
    raise TypeError("a part that cannot be in a key")


def decode_part(text):
    kind, content = text[0], text[1:]
    if kind == "i":
        number = int(content)
        if abs(number) > LARGEST:
            raise ValueError("a number out of range")
        return number
    if kind == "s":
        return unescape(content)
    return {"n": None, "t": True, "f": False}[kind]


def key_prefix(namespace, version):
    if not isinstance(version, int) or not 1 <= version <= LARGEST:
        raise ValueError("no version")
    return f"{escape(namespace)}@{version}/"


def encode_key(namespace, version, parts):
    return key_prefix(namespace, version) + "".join(encode_part(part) + ";" for part in parts)


def decode_key(key):
    found = FORM.fullmatch(key)
    if found is None:
        return None
    try:
        namespace = unescape(found[1])
        version = int(found[2])
        parts = [decode_part(text) for text in found[3].split(";")[:-1]]
        if encode_key(namespace, version, parts) != key:
            return None
    except ValueError:
        return None
    return {"namespace": namespace, "version": version, "parts": parts}
