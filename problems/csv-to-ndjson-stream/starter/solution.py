"""Reads CSV from standard input, writes newline-delimited JSON to standard output."""
import sys


def main() -> int:
    strict = "--strict" in sys.argv[1:]
    while chunk := sys.stdin.buffer.read(65536):
        pass  # `chunk` is bytes that can end anywhere, inside a character too.
    return 0


if __name__ == "__main__":
    sys.exit(main())
