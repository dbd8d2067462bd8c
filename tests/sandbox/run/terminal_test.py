"""terminal_test.py SANDBOX_RUN: what a terminal is shown, and Ctrl-C typed there."""
import os
import pty
import sys

sandbox_run = sys.argv[1]
failures = 0


def same(what, found, expected):
    global failures
    if found != expected:
        failures += 1
        print(f"terminal_test.py: {what}\n  found:    {found!r}\n  expected: {expected!r}")


def at_terminal(arguments, typed_after=None, typed=b""):
    """Runs with a terminal as all three streams; (what it showed, wait status)."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sandbox_run, [sandbox_run, *arguments])
    shown = b""
    while True:
        if typed_after is not None and typed_after():
            os.write(terminal, typed)
            typed_after = None
        try:
            chunk = os.read(terminal, 4096) if typed_after is None else b""
        except OSError:  # EIO: nobody has it open any more
            break
        shown += chunk
    os.close(terminal)
    return shown.decode().replace("\r\n", "\n"), os.waitpid(pid, 0)[1]


def is_running(words):
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                if file.read() == words:
                    return True
        except OSError:
            pass  # it has ended
    return False


hostile = r"printf '\033[2Jout\a\n\377'; printf '\233 err\033]0;x\n' >&2; exit 5"
shown, status = at_terminal(["--", "sh", "-c", hostile])
same("escaped", shown, "\\x1B[2Jout\\x07\n\\xFF\\x9B err\\x1B]0;x\n")
same("exit code", os.waitstatus_to_exitcode(status), 5)

shown, status = at_terminal(["--", "echo", "gr\u00fcn"])
same("text stays text", shown, "gr\u00fcn\n")

shown, status = at_terminal(["--report", "-", "--", "printf", r"\302\2332J"])
same("escaped in a report", [line for line in shown.split("\n") if "2J" in line],
     ['    "data": "\\u009b2J"'])

words = b"sleep\x001234567\x00"
shown, status = at_terminal(
    ["--wall", "60s", "--", "sh", "-c", "echo before; exec sleep 1234567"],
    lambda: is_running(words),
    b"\x03",
)
same("Ctrl-C: ends by SIGINT", os.waitstatus_to_exitcode(status), -2)
same("Ctrl-C: what was written", shown, "^Cbefore\n")
same("Ctrl-C: nothing is left", is_running(words), False)
sys.exit(1 if failures else 0)
