# Tries: one native call that takes hours and looks at no signal: a power of enormous numbers.
# Must end: cpu_limit; a small power before works.
import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)
print(pow(3, 4), flush=True)
print(pow(7, 10**9) % 10)
