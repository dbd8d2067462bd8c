# Tries: names that others stumble over: line feeds, escape sequences, no UTF-8, the longest
# possible, and longer; also a path of many parts.
# Must end: with 0; too long is refused, the rest are plain files of its own.
import errno
import os

os.chdir(os.environ.get("TMPDIR", "/tmp"))
names = [b"a\nb", b"\x1b[2J", b"\xff\xfe", b"-rf", b" ", b"x" * 255]
names += [b"x" * 256, b"d/" * 3000 + b"x"]
for name in names:
    try:
        os.close(os.open(name, os.O_CREAT | os.O_WRONLY, 0o600))
        print("made")
    except OSError as error:
        print(errno.errorcode[error.errno])
print(len(os.listdir(b".")))
