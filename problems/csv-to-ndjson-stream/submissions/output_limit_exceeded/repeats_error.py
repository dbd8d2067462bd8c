# Writes the error of an unterminated quote again and again.
import codecs
import json
import sys

END = ""
NEWLINES = ("\n", "\r\n")


def characters(stream):
    """Yields single characters, but a CRLF as one, and END at the end."""
    decode = codecs.getincrementaldecoder("utf-8-sig")().decode
    held = ""
    while True:
        chunk = stream.read1(65536)
        for char in decode(chunk, final=not chunk):
            if held and char == "\n":
                yield "\r\n"
                held = ""
                continue
            if held:
                yield held
                held = ""
            if char == "\r":
                held = char
            else:
                yield char
        if not chunk:
            break
    if held:
        yield held
    yield END


def quoted_field(chars):
    """Reads on after an opening quote. Returns the text and what follows the closing quote, or None at the end."""
    text = []
    for char in chars:
        if char == END:
            break
        if char == '"':
            char = next(chars)
            if char != '"':
                return "".join(text), char
        text.append(char)
    return "".join(text), None


def plain_field(chars, char):
    text = []
    while char not in (END, ",", '"') and char not in NEWLINES:
        text.append(char)
        char = next(chars)
    return "".join(text), char


def records(chars):
    """Yields (error, line, fields); error is None for a record that can be read."""
    line = 1
    for char in chars:
        if char == END:
            return
        if char in NEWLINES:
            line += 1
            continue
        start, fields, error = line, [], None
        while True:
            text, char = quoted_field(chars) if char == '"' else plain_field(chars, char)
            line += text.count("\n")
            fields.append(text)
            if char != ",":
                break
            char = next(chars)
        if char is None:
            error = "unterminated_quote"
        elif char != END and char not in NEWLINES:
            error = "bad_quote"
            while char != END and char not in NEWLINES:
                char = next(chars)
        line += 1
        yield error, start, fields
        while error == "unterminated_quote":
            yield error, start, fields
        if not char:
            return


def objects(source):
    """Yields (is_error, object)."""
    columns = None
    for row, (error, line, fields) in enumerate(source):
        if error is None and columns is not None and len(fields) != len(columns):
            error = "ragged_row"
        if error is not None:
            yield True, {"error": error, "row": row, "line": line}
            if columns is None:
                return
        elif columns is None:
            columns = fields
        else:
            yield False, dict(zip(columns, fields))


def main():
    strict = "--strict" in sys.argv[1:]
    source = records(characters(sys.stdin.buffer))
    for is_error, value in objects(source):
        sys.stdout.write(json.dumps(value) + "\n")
        if is_error and strict:
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
