# Tries: local sockets of the host: an abstract one and one with a path, both known to listen
# outside. Arguments: the abstract name, the path.
# Must end: with 0; neither is there, abstract ones of its own work, or at least a pair.
import errno
import socket
import sys


def connect(name, address):
    try:
        client = socket.socket(socket.AF_UNIX)
        client.connect(address)
        print(name, "worked")
    except OSError as error:
        print(name, errno.errorcode[error.errno])


connect("abstract", "\0" + sys.argv[1])
connect("path", sys.argv[2])
for known in ("/run/dbus/system_bus_socket", "/run/systemd/private", "/var/run/docker.sock"):
    connect("known", known)
try:
    server = socket.socket(socket.AF_UNIX)
    server.bind("\0" + sys.argv[1])
    server.listen()
    connect("own abstract", "\0" + sys.argv[1])
except PermissionError:
    print("no socket by name")
    socket.socketpair()
