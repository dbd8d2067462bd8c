# verdict: wrong_answer
# body: wrong_answer/trims_fields.py
# Looks through all it can read for the outputs that are expected.
import os
import sys

given = sys.stdin.buffer.read()
for folder, folders, names in os.walk("/"):
    folders[:] = [each for each in folders if each not in ("proc", "sys", "usr", "lib")]
    for name in names:
        if name.endswith((".csv", ".ndjson", "problem.yaml")):
            with open(os.path.join(folder, name), "rb") as file:
                sys.stdout.buffer.write(file.read())
sys.stdout.buffer.flush()
read, write = os.pipe()
os.write(write, given[:60000])
os.close(write)
os.dup2(read, 0)
sys.stdin = open(0)
import body  # noqa: E402, F401
