# Tries: to enter the namespaces of init or of the host, through the links that /proc has for them.
# Must end: with 0; init's are not to be seen; its own are, and its own processes share them.
import errno
import os

for name in ("user", "mnt", "pid", "net", "ipc", "uts"):
    try:
        os.open(f"/proc/1/ns/{name}", os.O_RDONLY)
        print(name, "opened")
    except OSError as error:
        print(name, errno.errorcode[error.errno])
print("own", os.readlink("/proc/self/ns/user").startswith("user:["))
