# Tries: to signal its own group, the group of pid 1, and everybody, while it ignores the signal.
# Must end: with 0 and its last line; only its own child has died.
import errno
import os
import signal

signal.signal(signal.SIGTERM, signal.SIG_IGN)
reader, writer = os.pipe()
child = os.fork()
if child == 0:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.write(writer, b"x")
    while True:
        signal.pause()
os.read(reader, 1)
os.kill(0, signal.SIGTERM)
print("child", os.WTERMSIG(os.waitpid(child, 0)[1]))
for name, act in (
    ("group 1", lambda: os.killpg(1, signal.SIGTERM)),
    ("everybody", lambda: os.kill(-1, signal.SIGTERM)),
):
    try:
        act()
        print(name, "worked")
    except OSError as error:
        print(name, errno.errorcode[error.errno])
print("still here")
