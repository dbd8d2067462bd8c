# Tries: Python's bytes without end.
# Must end: memory_limit.
everything = []
while True:
    everything.append(b"\x01" * (4 << 20))
