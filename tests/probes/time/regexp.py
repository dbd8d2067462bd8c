# Tries: a regular expression that backtracks without end, inside one native call, with every
# signal of the keyboard and the clock ignored.
# Must end: cpu_limit; a harmless one before works.
import re
import signal

for number in (signal.SIGINT, signal.SIGALRM, signal.SIGTERM, signal.SIGXCPU):
    signal.signal(number, signal.SIG_IGN)
print(bool(re.match(r"(a+)+$", "aaaa")), flush=True)
print(re.match(r"(a+)+$", "a" * 64 + "b"))
