"""Hostile and broken requests: a clear 4xx as problem+json, nothing stored, and a service that goes
on. What is stored of free text is inert where it comes out again."""

import http.client
import json

import pytest

from http_client import Client
from service_fixture import SCHOOLS, files_of, version_body

HOSTILE = {
    "terminal escapes": "\x1b[2J\x1b]0;owned\x07",
    "bidi override": "user\u202egpj.exe",
    "zero width": "ad\u200bmin",
    "line end": "one\ntwo",
    "c1 control": "a\u009bm",
    "nul": "a\x00b",
}
INERT = {
    "html": "<script>alert(1)</script>",
    "sql": "'; DROP TABLE person; --",
    "format": "%s%n${jndi:ldap://x}",
    "text in another script": "Siân Ó Briain 李",
}

# Every route that takes a body, with a body that is right but for what a test breaks.
BODIES = {
    "/v1/gate/check": {"login": "akhan", "channel": "pam:sshd"},
    "/v1/gate/answer": {"ticket": "t", "answers": [{"policy": "student", "act": "agree"}],
                        "statement": "s", "signature": "A" * 86 + "=="},
    "/v1/gate/opened": {"login": "akhan", "channel": "pam:sshd"},
    "/v1/devices/enrol": {"code": "a", "public_key": "A" * 43 + "=", "proof": "A" * 86 + "=="},
    "/v1/devices/challenge": {"device": "d_" + "a" * 26},
    "/v1/devices/session": {"device": "d_" + "a" * 26, "challenge": "x",
                            "signature": "A" * 86 + "=="},
    "/v1/devices": {"name": "X-1"},
    "/v1/policies/student/versions": {"number": 2, "files": [{"path": "policy.toml", "text": "x"}]},
    "/v1/policies/student/retire": {"reason": "gone"},
    "/v1/people/akhan/answers": {"act": "agree", "policy": "student", "how": "paper"},
    "/v1/people/sign-class": {"form": "7A", "policy": "student", "how": "paper",
                              "present": ["akhan"]},
    "/v1/people/link": {"from": "akhan", "to": "bobrien", "reason": "one"},
    "/v1/people/unlink": {"source": "mis_id", "external": "K1", "reason": "no"},
    "/v1/roster/imports": {"source": "csv"},
}


def caller(world, path):
    """Whoever may call this route, with bytes as they are."""
    who = world.devices["kingsmead"].client if "/gate/" in path else world.admins["kingsmead"]
    return lambda data: who.call("POST", path, data)


def refuses_all(world, path, bodies):
    send, size = caller(world, path), world.service.size()
    for data in bodies:
        refused = send(data if isinstance(data, bytes) else json.dumps(data).encode())
        assert 400 <= refused.status < 500, (path, str(data)[:200], refused)
    assert world.service.size() == size
    assert world.service.open().get("/v1/health").status == 200


MALFORMED = [b"", b"{", b"[]", b"null", b"3", b'"text"', b"{}", b"\xff\xfe{}", b"{]",
             b'{"login":"\xc0\xaf"}', b'{"a":1,"a":2}', b"{" * 5000, b"[" * 60000,
             b'{"a":' * 8000 + b"1" + b"}" * 8000,
             b'{"login":1e999}', b'{"login":"\\ud800"}', b"{'login':'x'}", b'{"login":"x",}',
             b"\x00" * 100, b"<xml/>", b'{"login":"x"}{"login":"y"}']


@pytest.mark.parametrize("path", BODIES)
def test_what_is_no_json_object_of_ours_is_refused(world, path):
    refuses_all(world, path, MALFORMED)


@pytest.mark.parametrize("path", BODIES)
def test_a_member_of_a_wrong_type_a_missing_and_an_unknown_one_are_refused(world, path):
    good = BODIES[path]
    bodies = [{**good, "more": 1}, {**good, "__proto__": {}}]
    for member, value in good.items():
        bodies.append({key: kept for key, kept in good.items() if key != member})
        for wrong in (None, True, 7, -1, 1.5, [], {}, [[]], {"a": "b"}, ["x", 1], ""):
            if type(wrong) is not type(value) or wrong == "":
                bodies.append({**good, member: wrong})
    refuses_all(world, path, bodies)


# Members that may be left out, with values that are not for them.
OPTIONAL = {
    "/v1/gate/check": {"language": [7, "", "x" * 36, None], "full": ["yes", 1, None]},
    "/v1/gate/opened": {"ticket": [7, None, [], "t"], "statement": ["s"], "signature": ["A"]},
    "/v1/gate/answer": {"cannot_ask": ["no", 0, None]},
    "/v1/devices": {"room": [7, None], "class": ["boat", 7, None]},
    "/v1/people/akhan/answers": {"note": [7, None, {}], "of": ["3", -1, 1.5, None, True, []]},
    "/v1/people/sign-class": {"note": [7, None]},
    "/v1/roster/imports": {"columns": [[], "x", 7, {"mis_id": 7}, {"nonsense": "X"}]},
}


@pytest.mark.parametrize("path", OPTIONAL)
def test_a_member_that_may_be_left_out_is_refused_when_it_is_wrong(world, path):
    refuses_all(world, path, [{**BODIES[path], member: value}
                              for member, values in OPTIONAL[path].items() for value in values])


@pytest.mark.parametrize("path", BODIES)
def test_a_body_over_64_kib_is_refused(world, path):
    if path.endswith("/versions"):
        big = {"number": 2, "files": [{"path": "1/x.md", "text": "a" * (1024 * 1024 + 1)}]}
    else:
        big = {**BODIES[path], "more": "a" * (64 * 1024 + 1)}
    refuses_all(world, path, [big])


TEXTS = [("/v1/gate/check", "login"), ("/v1/gate/check", "channel"), ("/v1/gate/check", "language"),
         ("/v1/gate/opened", "channel"), ("/v1/devices", "name"), ("/v1/devices", "room"),
         ("/v1/people/akhan/answers", "how"), ("/v1/people/akhan/answers", "note"),
         ("/v1/people/akhan/answers", "policy"), ("/v1/people/link", "reason"),
         ("/v1/people/link", "from"), ("/v1/people/unlink", "reason"),
         ("/v1/people/unlink", "external"), ("/v1/people/sign-class", "form"),
         ("/v1/people/sign-class", "note"), ("/v1/policies/student/retire", "reason"),
         ("/v1/devices/enrol", "code"), ("/v1/roster/imports", "source")]


@pytest.mark.parametrize("path,member", TEXTS)
def test_text_that_a_screen_would_obey_is_refused(world, path, member):
    """http_client fails if a refusal repeats it."""
    refuses_all(world, path, [{**BODIES[path], member: text} for text in HOSTILE.values()]
                + [{**BODIES[path], member: "x" * 5000}])


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_in_an_address_is_refused(world, text):
    admin = world.admins["kingsmead"]
    for path in (f"/v1/people/{text}", f"/v1/people/{text}/why", f"/v1/devices/{text}/revoke",
                 f"/v1/policies/{text}/versions/1", f"/v1/receipts/{text}"):
        method = "POST" if path.endswith("revoke") else "GET"
        assert 400 <= admin.call(method, path).status < 500
    assert 400 <= admin.get("/v1/people", find=text).status < 500


@pytest.mark.parametrize("text", INERT.values(), ids=INERT.keys())
def test_text_that_only_other_programs_would_obey_is_kept_as_it_is(world, text):
    admin, login = world.admins["kingsmead"], world.pupil()
    body = {"act": "agree", "policy": "student", "how": "paper", "note": text}
    record = json.loads(admin.do(f"/v1/people/{login}/answers", body)["record"])
    assert record["by"]["note"] == text
    assert admin.read("/v1/people", find=text)["people"] == []
    assert admin.read("/v1/people", find="akhan")["people"][0]["login"] == "akhan"
    room = admin.do("/v1/devices", {"name": text[:60], "room": text[:60]})
    listed = {device["device"]: device for device in admin.read("/v1/devices")["devices"]}
    assert listed[room["device"]]["name"] == text[:60]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_roster_with_hostile_text_changes_nothing(world, text):
    admin = world.admins["kingsmead"]
    roster = (SCHOOLS / "kingsmead/people.csv").read_text()
    before = admin.read("/v1/people", find="akhan")
    for column in ("Amira Khan", "7A"):
        refused = admin.import_csv(roster.replace(column, f'"{text}"', 1))
        assert (refused.status, refused.problem) == (400, "invalid")
        assert "line 2" in refused.json()["detail"] or "line 3" in refused.json()["detail"]
    assert admin.read("/v1/people", find="akhan") == before


@pytest.mark.parametrize("text", [text for text in HOSTILE.values() if "\n" not in text])
def test_a_policy_with_hostile_text_is_not_published(world, text):
    files = files_of("student", 2)
    files["2/en-GB.std.md"] = files["2/en-GB.std.md"].replace("I may use AI", f"I may {text} AI")
    refused = world.admins["kingsmead"].post("/v1/policies/student/versions",
                                             version_body(2, files))
    assert refused.status == 400 and "2/en-GB.std.md" in refused.json()["detail"]


def raw(world, data):
    """The status line that arrives for bytes on a bare connection."""
    connection = http.client.HTTPConnection("127.0.0.1", world.service.port, timeout=10)
    connection.connect()
    connection.sock.sendall(data)
    reply = connection.sock.recv(200)
    connection.close()
    return reply.split(b"\r\n")[0]


@pytest.mark.parametrize("line,header,status", [
    (b"GET /v1/health HTTP/1.1", b"Content-Length: 5\r\nContent-Length: 6", 400),
    (b"POST /v1/gate/check HTTP/1.1", b"Transfer-Encoding: chunked", 411),
    (b"GET /v1/../etc/passwd HTTP/1.1", b"X: y", 400),
    (b"GET /v1/people/%00 HTTP/1.1", b"X: y", 400),
    (b"GET /" + b"a" * 5000 + b" HTTP/1.1", b"X: y", 414),
    (b"GET /v1/health HTTP/1.1", b"Host: y", 400),
    (b"POST /v1/gate/check HTTP/1.1", b"Content-Length: 1048577", 413),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"X: y", 400),
])
def test_a_request_that_two_programs_could_read_differently_is_refused(world, line, header, status):
    data = line + b"\r\nHost: x\r\n" + header + b"\r\n\r\n"
    assert raw(world, data).startswith(f"HTTP/1.1 {status}".encode())
    assert world.service.open().get("/v1/health").status == 200


def test_numbers_outside_their_range_are_refused(world):
    admin, anybody = world.admins["kingsmead"], world.service.open()
    for number in (-1, 0, 1_000_001, 2**63, 1.5, "1"):
        body = {"number": number, "files": []}
        assert admin.post("/v1/policies/student/versions", body).status == 400
    for text in ("", "-1", "1.5", "abc", "99999999999999999999", "1x"):
        assert anybody.get("/v1/ledger/consistency", **{"from": text, "to": "1"}).status == 400
        assert admin.get(f"/v1/policies/student/versions/{text or 'x'}").status in (400, 404)
    assert anybody.get("/v1/ledger/consistency", **{"from": 1, "to": 10**9}).status == 400
    assert anybody.get("/v1/ledger/consistency", **{"from": 5, "to": 2}).status == 400
    assert admin.get(f"/v1/receipts/{10**9}").status == 404


def test_a_client_that_goes_away_in_the_middle_harms_nobody(world):
    for _ in range(50):
        connection = http.client.HTTPConnection("127.0.0.1", world.service.port, timeout=10)
        connection.connect()
        connection.sock.sendall(b"POST /v1/gate/check HTTP/1.1\r\nHost: x\r\n"
                                b"Content-Length: 50\r\n\r\n{")
        connection.close()
    assert Client(world.service).get("/v1/health").status == 200
