# Tries: to become a daemon the classic way: fork, own session, fork again, let go of every
# descriptor and folder, ignore what can be ignored.
# Must end: with 5 as soon as the first process does; no daemon is left.
import os
import signal

reader, writer = os.pipe()
if os.fork() == 0:
    os.setsid()
    if os.fork() != 0:
        os._exit(0)
    os.chdir("/")
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)
    os.write(writer, b"lives")
    os.closerange(0, 64)
    while True:
        signal.pause()
print("daemon", os.read(reader, 5).decode(), flush=True)
os._exit(5)
