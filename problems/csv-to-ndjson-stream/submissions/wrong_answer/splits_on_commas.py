# fails: fields, quoting, embedded-newlines, line-endings, bom, empty-fields, ragged-rows, quote-errors, positions, strict
# Splits on newlines and commas and knows nothing of quotes.
import json
import sys

strict = "--strict" in sys.argv
lines = sys.stdin.buffer.read().decode("utf-8-sig").split("\n")
columns = None
for row, line in enumerate(line.removesuffix("\r") for line in lines if line.strip()):
    fields = line.split(",")
    if columns is None:
        columns = fields
    elif len(fields) != len(columns):
        print(json.dumps({"error": "ragged_row", "row": row, "line": row + 1}))
        if strict:
            sys.exit(2)
    else:
        print(json.dumps(dict(zip(columns, fields))))
