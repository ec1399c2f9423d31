"""An access point as far as RFC 5176: it takes Disconnect-Requests, answers them or not, and keeps
when each came. Who sends the sessions' reports is radclient."""

import hashlib
import socket
import struct
import threading
import time

DISCONNECT, ACK = 40, 41
SESSION_ID = 44  # Acct-Session-Id


class AccessPoint:
    def __init__(self, secret):
        self.secret, self.told, self.answers, self.over = secret.encode(), [], True, False
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.socket.settimeout(0.1)
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def config(self):
        """Its lines in [[nas]]."""
        return f'address = "127.0.0.1"\ncoa_port = {self.port}\nsecret_file = "secrets/nas0"'

    def was_told(self, session):
        """When it was first told to end the session; None: it was not."""
        return next((at for at, named in self.told if named == session), None)

    def end(self):
        self.over = True
        self.thread.join()
        self.socket.close()

    def _sum(self, packet, authenticator):
        return hashlib.md5(packet[:4] + authenticator + packet[20:] + self.secret).digest()

    def _serve(self):
        while not self.over:
            try:
                packet, who = self.socket.recvfrom(4096)
            except TimeoutError:
                continue
            if packet[0] != DISCONNECT or self._sum(packet, bytes(16)) != packet[4:20]:
                continue  # nothing that Assent may send: the test hears of no Disconnect
            self.told.append((time.time(), attribute(packet, SESSION_ID)))
            if self.answers:
                head = struct.pack("!BBH", ACK, packet[1], 20)
                self.socket.sendto(head + self._sum(head, packet[4:20]), who)


def attribute(packet, kind):
    at = 20
    while at < len(packet):
        if packet[at] == kind:
            return packet[at + 2:at + packet[at + 1]].decode()
        at += packet[at + 1]
    return None
