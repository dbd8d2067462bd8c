def encode_key(namespace, version, parts):
    raise NotImplementedError


def decode_key(key):
    raise NotImplementedError


def key_prefix(namespace, version):
    raise NotImplementedError
