# Tries, with "hold": to be found by a run beside it: files, a lock, an abstract socket, a process.
# With "look": to find it.
# Must end: the one at the wall limit; the other with 0, having found itself alone.
import errno
import fcntl
import os
import socket
import sys
import time


def attempt(name, act):
    try:
        act()
        print(name, "worked", flush=True)
    except OSError as error:
        print(name, errno.errorcode[error.errno], flush=True)


def lock(path, flags):
    fcntl.flock(os.open(path, flags, 0o666), fcntl.LOCK_EX | fcntl.LOCK_NB)


os.chdir(os.environ.get("TMPDIR", "/tmp"))
shared = "/dev/shm" if "TMPDIR" not in os.environ else "."
# Where no socket has a name: one end of a pair, which has none either.
meeting = socket.socket(socket.AF_UNIX) if shared != "." else socket.socketpair()[0]
if sys.argv[1] == "hold":
    if shared != ".":
        attempt("bind", lambda: meeting.bind("\0meeting"))
        meeting.listen()
    attempt("lock", lambda: lock("meeting", os.O_CREAT | os.O_RDWR))
    attempt("object", lambda: lock(shared + "/meeting-object", os.O_CREAT | os.O_RDWR))
    print("ready", flush=True)
    time.sleep(60)
attempt("connect", lambda: meeting.connect("\0meeting"))
attempt("lock", lambda: lock("meeting", os.O_RDWR))
attempt("object", lambda: lock(shared + "/meeting-object", os.O_RDWR))
try:
    print("others", len([name for name in os.listdir("/proc") if name.isdigit()]) - 1)
except PermissionError:
    print("others out of sight")
own = os.getpid()
seen = []
for pid in range(2, own + 200):
    try:
        os.kill(pid, 0)
        seen.append(pid)
    except OSError:
        pass
print("alone", seen == [own])
