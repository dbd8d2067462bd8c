# verdict: accepted
# body: accepted/workers.py
# The control: a right body, and nothing around it.
from body import run_with_concurrency  # noqa: F401
