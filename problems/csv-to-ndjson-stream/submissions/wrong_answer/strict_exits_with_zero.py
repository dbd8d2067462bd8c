# fails: strict
# Stops at the first error in strict mode, but with exit code 0.
import json
import re
import sys

SEPARATOR = re.compile(r"(,|\r?\n)")


class Stop(Exception):
    pass


class Converter:
    def __init__(self, text, strict):
        self.pieces = text.split('"')[::-1]  # in reverse order: the next one is the last
        self.strict = strict
        self.columns = None
        self.row = 0
        self.line = 1
        self.begin_record()

    def begin_record(self):
        self.start = self.line
        self.fields = []
        self.begin_field()

    def begin_field(self):
        self.text = ""
        self.quoted = False

    def run(self):
        self.outside(self.pieces.pop())
        while self.pieces:
            # Each turn begins just after a quote.
            if self.text or self.quoted:
                self.bad_quote(self.pieces.pop())
            else:
                self.inside()
        self.end_record()

    def inside(self):
        parts = [self.pieces.pop()]
        while len(self.pieces) > 1 and self.pieces[-1] == "":
            self.pieces.pop()  # nothing between two quotes: they were a doubled one
            parts.append(self.pieces.pop())
        self.text = '"'.join(parts)
        self.quoted = True
        self.line += self.text.count("\n")
        if not self.pieces:
            self.fail("unterminated_quote")
            raise Stop
        self.outside(self.pieces.pop())

    def outside(self, piece):
        words = SEPARATOR.split(piece)  # texts at even places, separators at odd ones
        for i in range(0, len(words), 2):
            if self.quoted and words[i]:
                self.bad_quote("".join(words[i:]))
                return
            self.text += words[i]
            if i + 1 == len(words):
                return
            if words[i + 1] == ",":
                self.fields.append(self.text)
                self.begin_field()
            else:
                self.end_record()
                self.line += 1
                self.begin_record()

    def bad_quote(self, rest):
        self.fail("bad_quote")
        while "\n" not in rest:
            if not self.pieces:
                raise Stop
            rest = self.pieces.pop()
        self.line += 1
        self.begin_record()
        self.outside(rest.partition("\n")[2])

    def end_record(self):
        if not self.fields and not self.text and not self.quoted:
            return
        self.fields.append(self.text)
        if self.columns is None:
            self.columns = self.fields
        elif len(self.fields) != len(self.columns):
            self.fail("ragged_row")
            return
        else:
            write(dict(zip(self.columns, self.fields)))
        self.row += 1

    def fail(self, error):
        write({"error": error, "row": self.row, "line": self.start})
        self.row += 1
        if self.strict:
            sys.exit(0)
        if self.columns is None:
            raise Stop


def write(value):
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")


if __name__ == "__main__":
    try:
        Converter(sys.stdin.buffer.read().decode("utf-8-sig"), "--strict" in sys.argv).run()
    except Stop:
        pass
