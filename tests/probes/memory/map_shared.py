# Tries: memory outside Python's heap: anonymous shared mappings, written.
# Must end: memory_limit.
import mmap

everything = []
while True:
    block = mmap.mmap(-1, 4 << 20)
    block.write(b"\x01" * len(block))
    everything.append(block)
