"""An enrolled machine as docs/protocol.md describes it, written from that page: a key, a session of
an hour, checks, answers and beginnings of sessions with signed statements. Shares no code with the
product."""

import base64
import datetime
import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from http_client import Client


def base64_text(data):
    return base64.b64encode(data).decode()


def now_text():
    now = datetime.datetime.now(datetime.timezone.utc)
    return now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03d}Z"


class Part:
    """One policy of a document that was shown (docs/presentation.md)."""

    def __init__(self, fields):
        self.policy, start, to, self.mode, self.kind, self.manifest = fields
        self.start, self.to = int(start), int(to)
        self.rules, self.unchanged, self.why = [], None, ""


def parts_of(document):
    """Reads the canonical document; rules are lists of id, change and the texts that follow."""
    lines = document.split("\n")
    assert lines[0] == "assent-presentation/1" and lines[-2:] == ["end", ""]
    parts = []
    for line in lines[1:-2]:
        tag, *fields = line.split("\t")
        if tag == "part":
            parts.append(Part(fields))
        elif tag == "rule":
            parts[-1].rules.append(fields)
        elif tag in ("old", "new"):
            parts[-1].rules[-1].append(fields[0])
        elif tag == "unchanged":
            parts[-1].unchanged = int(fields[0])
        elif tag == "why":
            parts[-1].why = fields[0]
    return parts


class Device:
    def __init__(self, service, admin, name, room="", device_class="school"):
        wanted = {"name": name, "class": device_class} | ({"room": room} if room else {})
        added = admin.do("/v1/devices", wanted)
        self.name, self.key = name, Ed25519PrivateKey.generate()
        self.client = Client(service)
        enrolled = self.client.do("/v1/devices/enrol", self.enrolment(added["code"]))
        self.id, self.school, self.log_key = (enrolled[k] for k in ("device", "school", "log_key"))
        self.open_session()

    def public_key(self):
        return base64_text(self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def sign(self, text):
        return base64_text(self.key.sign(text.encode()))

    def enrolment(self, code):
        key = self.public_key()
        proof = self.sign(f"assent/enrol/v1\ncode {code}\nkey {key}\n")
        return {"code": code, "public_key": key, "proof": proof}

    def session(self):
        self.client.token, kept = None, self.client.token
        challenge = self.client.do("/v1/devices/challenge", {"device": self.id})["challenge"]
        signature = self.sign(f"assent/session/v1\ndevice {self.id}\nchallenge {challenge}\n")
        reply = self.client.post("/v1/devices/session", {"device": self.id, "challenge": challenge,
                                                         "signature": signature})
        self.client.token = kept
        return reply

    def open_session(self):
        self.client.token = self.client.must(self.session())["token"]

    def check(self, login, **more):
        asked = {"login": login, "channel": "pam:sshd", **more}
        return self.client.do("/v1/gate/check", asked)

    def shown(self, login, **more):
        """The presentation of somebody who owes something."""
        return self.check(login, **more)["presentation"]

    def statement(self, shown, acts, channel="pam:sshd", authenticated=True, cannot_ask=False):
        ticket = hashlib.sha256(shown["ticket"].encode()).hexdigest()
        lines = ["assent/answer/v1", "device " + self.id, "ticket " + ticket,
                 "shown " + base64.b64decode(shown["hash"]).hex(), "channel " + channel,
                 "authenticated " + ("yes" if authenticated else "no"),
                 "cannot-ask " + ("yes" if cannot_ask else "no")]
        lines += [f"answer {policy} {act}" for policy, act in acts]
        return "\n".join(lines + ["at " + now_text()]) + "\n"

    def answer_body(self, shown, act="agree", signer=None, **more):
        """`act` is one word for every part, or {policy: act}. `signer`: another device's key."""
        policies = [part.policy for part in parts_of(shown["document"])]
        acts = [(p, act if isinstance(act, str) else act[p]) for p in policies]
        statement = self.statement(shown, acts, **more)
        return {"ticket": shown["ticket"], "answers": [{"policy": p, "act": a} for p, a in acts],
                "cannot_ask": more.get("cannot_ask", False), "statement": statement,
                "signature": (signer or self).sign(statement)}

    def answer(self, shown, act="agree", **more):
        return self.client.post("/v1/gate/answer", self.answer_body(shown, act, **more))

    def accept(self, login, act="agree"):
        """Check, answer and the receipt of somebody who owes something."""
        return self.client.must(self.answer(self.shown(login), act))

    def opened_statement(self, ticket, channel="pam:sshd"):
        digest = hashlib.sha256(ticket.encode()).hexdigest()
        return "\n".join(["assent/opened/v1", "device " + self.id, "ticket " + digest,
                          "channel " + channel, "at " + now_text()]) + "\n"

    def opened_body(self, login, ticket="", signer=None):
        """The session began: signed where an answer was given. `signer`: another device's key."""
        body = {"login": login, "channel": "pam:sshd"}
        if not ticket:
            return body
        statement = self.opened_statement(ticket)
        return {**body, "ticket": ticket, "statement": statement,
                "signature": (signer or self).sign(statement)}

    def opened(self, login, ticket=""):
        return self.client.post("/v1/gate/opened", self.opened_body(login, ticket))
