# Tries: to reach somebody from Python: loopback, an address outside, the metadata address, a
# name, a datagram to all.
# Must end: with 0; all refused, a local socket of its own, or a pair, works.
import errno
import socket


def attempt(name, act):
    try:
        act()
        print(name, "worked")
    except OSError as error:
        unknown = isinstance(error, socket.gaierror)
        print(name, "no name" if unknown else errno.errorcode[error.errno])


for name, address in (
    ("loopback", "127.0.0.1"),
    ("loopback 6", "::1"),
    ("outside", "192.0.2.1"),
    ("metadata", "169.254.169.254"),
):
    attempt(name, lambda address=address: socket.create_connection((address, 80), 1))
attempt("dns", lambda: socket.getaddrinfo("example.com", 80))
attempt("datagram", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
attempt("listen", lambda: socket.create_server(("127.0.0.1", 0)))
try:
    server = socket.socket(socket.AF_UNIX)
    server.bind("/tmp/socket")
    server.listen()
    client = socket.socket(socket.AF_UNIX)
    client.connect("/tmp/socket")
    other = server.accept()[0]
except PermissionError:
    print("local by name EPERM")  # where no name but the host's could be had
    client, other = socket.socketpair()
client.send(b"x")
print("local", other.recv(1))
