"""A server on the loopback that answers as it is told, well or badly, and remembers what came."""
import contextlib, socket, ssl, threading


class ScriptedServer:
    """`answer(connection, request)` for each request; what it leaves open stays open."""

    def __init__(self, answer, tls=None):
        self.answer, self.tls, self.requests, self.open = answer, tls, [], []
        self.accepted = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def url(self):
        # Wine compares certificates with names, never with addresses.
        return f"https://localhost:{self.port}" if self.tls else f"http://127.0.0.1:{self.port}"

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                self.accepted += 1
                self.open.append(connection)
                threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with contextlib.suppress(OSError):
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
                self.open.append(connection)
            while request := self.read(connection):
                self.requests.append(request)
                self.answer(connection, request)

    def read(self, connection):
        got = b""
        while b"\r\n\r\n" not in got:
            piece = connection.recv(65536)
            if not piece:
                return got  # what came of it, for the tests that want to see nothing
            got += piece
        head, body = got.split(b"\r\n\r\n", 1)
        length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n")
                       if line.lower().startswith(b"content-length:")), 0)
        while len(body) < length:
            piece = connection.recv(65536)
            if not piece:
                break
            body += piece
        return head + b"\r\n\r\n" + body

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for each in [self.listener, *self.open]:
            with contextlib.suppress(OSError):
                each.close()


def said(body=b"{}", status="200 OK", more=b""):
    return (b"HTTP/1.1 " + status.encode() + b"\r\nContent-Type: application/json\r\n" + more +
            b"Content-Length: " + str(len(body)).encode() + b"\r\n\r\n" + body)


def tls_of(certificate, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
