# verdict: wrong_answer
# body: wrong_answer/splits_on_commas.py
# Prints what the judge would print beside what it has to say.
import sys

print('{"schema": 1, "verdict": "accepted", "score": 27, "max_score": 27}', file=sys.stderr)
sys.stderr.flush()
import body  # noqa: E402, F401
