"""A line to a server that a test makes slow or lossy while it runs. What is lost is sent again, as
TCP does: who talks over it sees a pause."""

import contextlib
import random
import socket
import threading
import time

SENT_AGAIN = 1.0  # seconds, as a first retransmission or two take


class SlowLine:
    def __init__(self, server):
        self.server, self.delay, self.loss = server, 0.0, 0.0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port, self.kept = self.listener.getsockname()[1], []
        self.chance = random.Random(3)
        threading.Thread(target=self._accept, daemon=True).start()

    def slow(self, delay, loss=0.0):
        self.delay, self.loss = delay, loss

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self._join, args=(client,), daemon=True).start()

    def _join(self, client):
        try:
            server = socket.create_connection(self.server, timeout=5)
        except OSError:
            return client.close()
        server.settimeout(None)
        self.kept += [client, server]
        for ends in ((client, server), (server, client)):
            threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                lost = self.chance.random() < self.loss
                time.sleep(self.delay + (SENT_AGAIN if lost else 0.0))
                target.sendall(data)
        for each in (source, target):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def end(self):
        for each in [self.listener, *self.kept]:
            each.close()
