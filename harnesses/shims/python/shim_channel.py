"""Frames over the inherited descriptor (PROTOCOL.md, "Transport"), with blocking calls."""
from os import _exit as leave
from os import read, set_inheritable, write
from select import select
from struct import Struct

CHANNEL = 3
MAX_REQUEST = 16 * 1024 * 1024
FLUSH_ABOVE = 256 * 1024

LENGTH, HEAD, FRAME = Struct("<I"), Struct("<BI"), Struct("<IBI")


class Channel:
    def __init__(self):
        set_inheritable(CHANNEL, False)
        self.incoming, self.outgoing = bytearray(), bytearray()
        self.sequence = 0

    def fill(self, count):
        while len(self.incoming) < count:
            try:
                data = read(CHANNEL, 65536)
            except BlockingIOError:
                select([CHANNEL], [], [])
                continue
            except OSError:
                data = b""
            if not data:
                leave(0)
            self.incoming += data

    def next_request(self):
        self.fill(4)
        (length,) = LENGTH.unpack_from(self.incoming)
        if not 5 <= length <= MAX_REQUEST:
            leave(70)
        self.fill(4 + length)
        kind, self.sequence = HEAD.unpack_from(self.incoming, 4)
        payload = bytes(self.incoming[9:4 + length])
        del self.incoming[:4 + length]
        return kind, payload

    def send(self, kind, payload):
        self.outgoing += FRAME.pack(5 + len(payload), kind, self.sequence) + payload
        if len(self.outgoing) > FLUSH_ABOVE:
            self.flush()

    def flush(self):
        while self.outgoing:
            try:
                done = write(CHANNEL, self.outgoing)
            except BlockingIOError:
                select([], [CHANNEL], [])
                continue
            except OSError:
                leave(0)
            del self.outgoing[:done]
