# Tries: to fork as many processes as it is given, and more after each refusal.
# Must end: by itself, each further fork refused; with one child gone, one more works.
import errno
import os
import signal

children = []


def fork_until_refused():
    while len(children) < 10000:
        try:
            pid = os.fork()
        except OSError as error:
            return errno.errorcode[error.errno]
        if pid == 0:
            while True:
                signal.pause()
        children.append(pid)
    return "never refused"


print(fork_until_refused(), len(children))
first = children.pop(0)
os.kill(first, signal.SIGKILL)
os.waitpid(first, 0)
print(fork_until_refused(), len(children))
