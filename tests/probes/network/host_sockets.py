# Tries: local sockets of the host: an abstract one and one with a path, both known to listen
# outside. Arguments: the abstract name, the path.
# Must end: with 0; neither is there, abstract ones of its own work.
import errno
import socket
import sys


def connect(name, address):
    client = socket.socket(socket.AF_UNIX)
    try:
        client.connect(address)
        print(name, "worked")
    except OSError as error:
        print(name, errno.errorcode[error.errno])


connect("abstract", "\0" + sys.argv[1])
connect("path", sys.argv[2])
for known in ("/run/dbus/system_bus_socket", "/run/systemd/private", "/var/run/docker.sock"):
    connect("known", known)
server = socket.socket(socket.AF_UNIX)
server.bind("\0" + sys.argv[1])
server.listen()
connect("own abstract", "\0" + sys.argv[1])
