# fails: positions, quote-errors
# Takes the number of the line for the number of the record.
import csv
import io
import json
import re
import sys

CLOSED = re.compile(r'"(?:[^"]|"")*"(?!")')
TAIL_OF_QUOTED = re.compile(r'(?:[^"]|"")*"(?!")')
PLAIN = re.compile(r'[^",]*')
LONE_CR = re.compile(r"\r(?!\n)")
STAND_IN = "\udc0d"  # cannot come out of valid UTF-8


class BadQuote(Exception):
    pass


class Lines:
    """Lines that end with LF only, counted, with a lone CR replaced."""

    def __init__(self, stream):
        self.stream = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="\n")
        self.number = 0
        self.start = 1  # line of the current record
        self.fresh = True
        self.quoted = False

    def __iter__(self):
        return self

    def __next__(self):
        line = next(self.stream)
        self.number += 1
        if self.fresh:
            self.start, self.fresh, self.quoted = self.number, False, False
        self.look_at(line)
        return LONE_CR.sub(STAND_IN, line)

    def look_at(self, line):
        """Follows the quotes of the line, as far as the csv module will not complain itself."""
        at = 0
        if self.quoted:
            tail = TAIL_OF_QUOTED.match(line)
            if not tail:
                return
            at = tail.end()
            self.quoted = False
        while True:
            if line[at : at + 1] == '"':
                closed = CLOSED.match(line, at)
                if not closed:
                    self.quoted = True
                    return
                at = closed.end()
            else:
                at = PLAIN.match(line, at).end()
                if line[at : at + 1] == '"':
                    raise BadQuote
            if line[at : at + 1] != ",":
                return
            at += 1


def records(stream):
    lines = Lines(stream)
    reader = csv.reader(lines, strict=True)
    csv.field_size_limit(sys.maxsize)
    while True:
        lines.fresh = True
        error = fields = None
        try:
            fields = next(reader)
        except StopIteration:
            return
        except BadQuote:
            error = "bad_quote"
        except csv.Error as problem:
            error = "unterminated_quote" if str(problem) == "unexpected end of data" else "bad_quote"
        if error or fields:
            yield error, lines.start, [field.replace(STAND_IN, "\r") for field in fields or []]


def main():
    strict = "--strict" in sys.argv[1:]
    columns = None
    for error, line, fields in records(sys.stdin.buffer):
        row = line - 1
        if columns and not error and len(fields) != len(columns):
            error = "ragged_row"
        if error:
            print(json.dumps({"error": error, "row": row, "line": line}))
            if strict:
                return 2
            if not columns:
                return 0
        elif not columns:
            columns = fields
        else:
            print(json.dumps(dict(zip(columns, fields))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
