# Tries: small Python objects without end.
# Must end: memory_limit.
everything = []
while True:
    everything.append([len(everything)] * 64)
