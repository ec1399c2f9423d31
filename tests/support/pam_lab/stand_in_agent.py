"""A stand-in for assent-agent: people owe one policy of two pages until they agree, a login
without a prompt is deferred once, and "banned" is refused. Appends every request to a log, a JSON
line each.

    stand_in_agent.py SOCKET LOG
"""

import json
import os
import socket
import sys

import frames

PAGES = {
    "tty": ["OUR COMPUTER RULES\n 1  I keep my password secret.", " 2  I am kind."],
    "dm": ["OUR COMPUTER RULES            1 of 2\n1  I keep my password secret.",
           "OUR COMPUTER RULES            2 of 2\n2  I am kind online."],
}


class Agent:
    def __init__(self, log):
        self.log = log
        self.accepted, self.deferred = set(), set()

    def note(self, **request):
        with open(self.log, "a") as log:
            log.write(json.dumps(request) + "\n")

    def check(self, fields):
        values = dict(fields)
        login, screen = values[1].decode(), ["tty", "dm"][values[3][0]]
        self.note(call="check", login=login, service=values[2].decode(), screen=screen)
        if login == "banned":
            return frames.check_reply(frames.REFUSE)
        if login in self.accepted:
            return frames.check_reply(frames.CLEAR)
        return frames.check_reply(frames.ASK, PAGES[screen], "ticket:" + login, rendition="ks2")

    def answer(self, fields):
        values = dict(fields)
        login = values[1].decode().removeprefix("ticket:")
        act = dict(frames.read_fields(values[3]))[2].decode()
        cannot_ask = bool(values[4][0])
        self.note(call="answer", login=login, act=act, cannot_ask=cannot_ask,
                  authenticated=bool(values[6][0]))
        if cannot_ask and login in self.deferred:
            return frames.answer_reply(False, "later")
        if cannot_ask:
            self.deferred.add(login)
        if act == "agree":
            self.accepted.add(login)
        outcome = {"agree": "accepted", "decline": "declined"}.get(act, act)
        return frames.answer_reply(True, outcome)

    def opened(self, fields):
        values = dict(fields)
        self.note(call="opened", ticket=values[1].decode(), login=values[2].decode(),
                  service=values[3].decode())
        return b""

    def serve(self, connection):
        size = int.from_bytes(connection.recv(4, socket.MSG_WAITALL), "big")
        body = connection.recv(size, socket.MSG_WAITALL)
        call = {frames.CHECK: self.check, frames.ANSWER: self.answer, frames.OPENED: self.opened}
        reply = call[body[1]](frames.read_fields(body[2:]))
        if reply:  # whoever says "opened" does not wait
            connection.sendall(reply)


def main(path, log):
    agent = Agent(log)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    os.chmod(path, 0o600)
    listener.listen(16)
    while True:
        connection, _ = listener.accept()
        with connection:
            agent.serve(connection)


if __name__ == "__main__":
    main(*sys.argv[1:])
