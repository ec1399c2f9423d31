"""HTTP as the integration tests speak it: one kept connection for each thread and client, and every
reply looked at for the form that docs/protocol.md and docs/openapi.yaml promise. Not a general
client."""

import http.client
import json
import threading
import urllib.parse

from openapi import judge

TIMEOUT = 20


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.kind = headers.get("Content-Type", "")

    def json(self):
        return json.loads(self.body)

    @property
    def problem(self):
        """The last word of the problem's type; None for an answer that is no problem."""
        if self.kind != "application/problem+json":
            return None
        return self.json()["type"].removeprefix("urn:assent:")

    def __repr__(self):
        return f"<{self.status} {self.kind} {self.body[:400]!r}>"


def is_good_problem(reply):
    """A refusal is application/problem+json, says its status again and is safe on a terminal."""
    said = reply.json()
    text = said["title"] + said.get("detail", "")
    return (reply.kind == "application/problem+json" and said["status"] == reply.status
            and said["type"].startswith("urn:assent:") and "\x1b" not in text
            and not any(mark in text for mark in "\u202e\u2066\u200b"))


class Client:
    """Calls `service` (anything with .port) with a bearer token. Any thread."""

    def __init__(self, service, token=None, school=None):
        self.service, self.token, self.school = service, token, school
        self._local = threading.local()

    def _connection(self):
        kept = getattr(self._local, "connection", None)
        if kept is None or kept.port != self.service.port:
            kept = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=TIMEOUT)
            self._local.connection = kept
        return kept

    def close(self):
        kept = getattr(self._local, "connection", None)
        if kept is not None:
            kept.close()
            self._local.connection = None

    def _target(self, path, query):
        if self.school and "school" not in query:
            query = {"school": self.school, **query}
        path = urllib.parse.quote(path, safe="/")
        return path + ("?" + urllib.parse.urlencode(query) if query else "")

    def _send(self, method, target, body, headers):
        connection = self._connection()
        is_new = connection.sock is None
        try:
            connection.request(method, target, body, headers)
            reply = connection.getresponse()
            return Reply(reply.status, dict(reply.getheaders()), reply.read())
        except (OSError, http.client.HTTPException):
            self.close()
            if is_new:
                raise
        return self._send(method, target, body, headers)  # it was kept too long

    def call(self, method, path, body=None, kind="application/json", **query):
        headers = {"Content-Type": kind} if body is not None else {}
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body, ensure_ascii=False).encode()
        if method == "POST" and body is None:
            body = b"{}"
        reply = self._send(method, self._target(path, query), body, headers)
        assert reply.status < 400 or is_good_problem(reply), reply
        judge(method, path, body, reply)
        return reply

    def get(self, path, **query):
        return self.call("GET", path, **query)

    def post(self, path, body=None, **query):
        return self.call("POST", path, body, **query)

    def must(self, reply):
        assert reply.status == 200, reply
        return reply.json()

    def read(self, path, **query):
        """The JSON of a GET that must succeed."""
        return self.must(self.get(path, **query))

    def do(self, path, body=None, **query):
        """The JSON of a POST that must succeed."""
        return self.must(self.post(path, body, **query))
