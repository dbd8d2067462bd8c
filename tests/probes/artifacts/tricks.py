# Tries: to have the caller read something else than a file of this program: behind each name that
# is collected stands something that is no plain file. Arguments: a path and a file that exist
# outside.
# Must end: with 0; only the plain file comes out.
import os
import socket
import sys

os.chdir(os.environ.get("TMPDIR", "/tmp"))
with open("plain", "w") as file:
    file.write("plain content")
os.symlink("/etc/passwd", "link")
os.symlink(sys.argv[1], "link_outside")
os.symlink("/proc/self/environ", "link_proc")
os.symlink("plain", "link_plain")
os.mkfifo("fifo")
os.mkdir("folder")
os.mkdir("real")
with open("real/file", "w") as file:
    file.write("behind a link")
os.symlink("real", "middle")
os.symlink("/etc", "middle_outside")
try:
    socket.socket(socket.AF_UNIX).bind("socket")
except PermissionError:
    pass  # where there are no sockets by name
with open("named", "w") as file:
    file.write("named twice")
os.link("named", "second_name")
with open("large", "wb") as file:
    file.write(b"x" * 4097)
with open("sparse", "wb") as file:
    file.truncate(1 << 23)
for name, kind in (("device", 0o20666), ("block", 0o60666)):
    try:
        os.mknod(name, kind, os.makedev(1, 5))
        print(name, "made")
    except PermissionError:
        print(name, "refused")
