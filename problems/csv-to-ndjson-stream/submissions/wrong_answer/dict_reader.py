# fails: line-endings, quote-errors, positions, strict
# Trusts csv.DictReader, which lets misplaced quotes pass, takes a lone CR for a newline and counts otherwise.
import csv
import io
import json
import sys


def convert():
    strict = "--strict" in sys.argv
    csv.field_size_limit(sys.maxsize)
    reader = csv.DictReader(io.TextIOWrapper(sys.stdin.buffer, "utf-8-sig", newline=""))
    row = 0
    while True:
        row += 1
        try:
            record = next(reader)
        except StopIteration:
            return 0
        except csv.Error:
            print(json.dumps({"error": "bad_quote", "row": row, "line": reader.line_num}))
            continue
        if None in record or None in record.values():
            print(json.dumps({"error": "ragged_row", "row": row, "line": reader.line_num}))
            if strict:
                return 2
        else:
            print(json.dumps(record))


sys.exit(convert())
