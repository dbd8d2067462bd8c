# Tries: to flood standard error alone.
# Must end: output_limit.
import sys

while True:
    sys.stderr.write("x" * 65536)
