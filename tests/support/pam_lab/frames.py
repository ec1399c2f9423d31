"""The module's side of core/wire/agent_message.h, as far as a stand-in for the agent needs it."""

import struct

CHECK, ANSWER, OPENED, CHECK_REPLY, ANSWER_REPLY, UNAVAILABLE = range(1, 7)
REFUSE, CLEAR, ASK, ACKNOWLEDGE = range(4)


def field(tag, value):
    return struct.pack(">BI", tag, len(value)) + value


def text(tag, value):
    return field(tag, value.encode())


def number(tag, value, size):
    return field(tag, value.to_bytes(size, "big"))


def frame(kind, fields):
    body = bytes([1, kind]) + fields
    return struct.pack(">I", len(body)) + body


def read_fields(data):
    """A list of (tag, bytes)."""
    out = []
    while data:
        tag, size = struct.unpack(">BI", data[:5])
        out.append((tag, data[5 : 5 + size]))
        data = data[5 + size :]
    return out


def check_reply(verdict, pages=(), ticket="", policy="student", rendition="std"):
    part = text(1, policy) + text(2, "Student rules") + text(3, "Will you keep them?")
    part += number(4, 0, 1) + number(5, 0, 1) + number(6, 0, 1)
    out = number(1, verdict, 1) + text(2, "Oakfield") + text(3, "")
    out += b"".join(text(4, page) for page in pages)
    out += text(5, ticket) + field(6, bytes(32)) + (field(7, part) if pages else b"")
    out += text(8, rendition) + text(9, "") + number(10, 0, 4) + text(11, "")
    return frame(CHECK_REPLY, out)


def answer_reply(let_in, outcome):
    out = number(1, let_in, 1) + number(2, 1, 1) + text(3, outcome) + text(4, "")
    return frame(ANSWER_REPLY, out + number(5, 7, 8))
