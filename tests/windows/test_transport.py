"""WinHttp under wine: what libcurl's client does on Linux (tests/unit/client), with servers that behave
well and badly. Wine's own time limits do nothing, so the bounds measured here are ours."""
import hashlib, json, socket, struct, time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from certificates import Authority
from scripted_server import ScriptedServer, said, tls_of

DEADLINE = 1000  # milliseconds
LATE = DEADLINE + 700


def get(wine, server, **more):
    return wine.probe(service=server.url, method="GET", path="/v1/thing", deadline_ms=DEADLINE, **more)


def pin_of(certificate):
    key = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    return hashlib.sha256(key.public_bytes(serialization.Encoding.DER,
                                           serialization.PublicFormat.SubjectPublicKeyInfo)).hexdigest()


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path)


def test_what_is_given_is_sent_and_what_came_is_returned(wine):
    with ScriptedServer(lambda c, r: c.sendall(said(b'{"a":"\xc5\xb5"}', "409 Conflict"))) as server:
        reply = wine.probe(service=server.url, method="POST", path="/v1/gate/check?x=%20",
                           body='{"login":"Siân"}', bearer="t0ken", deadline_ms=DEADLINE)
    assert (reply["status"], reply["body"], reply["type"]) == (409, '{"a":"ŵ"}', "application/json")
    head, body = server.requests[0].split(b"\r\n\r\n", 1)
    assert head.startswith(b"POST /v1/gate/check?x=%20 HTTP/1.1\r\n")
    assert b"\r\nAuthorization: Bearer t0ken" in head
    assert b"\r\nContent-Type: application/json" in head and b"cookie" not in head.lower()
    assert json.loads(body) == {"login": "Siân"}


def test_the_connection_is_kept_between_calls(wine):
    with ScriptedServer(lambda c, r: c.sendall(said())) as server:
        replies = get(wine, server, times=4)
        assert [reply["status"] for reply in replies] == [200] * 4
        assert server.accepted == 1


def test_many_threads_ask_at_once(wine):
    with ScriptedServer(lambda c, r: c.sendall(said())) as server:
        replies = get(wine, server, times=0, side_by_side=12)
    assert [reply["status"] for reply in replies] == [200] * 12


def drip(connection, pieces):
    for piece in pieces:
        connection.sendall(piece)
        time.sleep(0.2)


@pytest.mark.parametrize("answer", [
    pytest.param(lambda c, r: time.sleep(5), id="hangs"),
    pytest.param(lambda c, r: drip(c, [b"HTTP/1.1 200 OK\r\n"] + [b"X: y\r\n"] * 25), id="drips headers"),
    pytest.param(lambda c, r: drip(c, [said(b"x" * 30)[:-30]] + [b"x"] * 25), id="drips its body")])
def test_a_call_ends_by_its_deadline(wine, answer):
    with ScriptedServer(answer) as server:
        reply = get(wine, server)
    assert "did not answer within 1000 ms" in reply["error"]
    assert DEADLINE - 50 <= reply["ms"] <= LATE


def test_a_server_that_hangs_cannot_hold_more_than_its_places(wine):
    with ScriptedServer(lambda c, r: time.sleep(5)) as server:
        replies = get(wine, server, times=0, side_by_side=20)
    errors = sorted(reply["error"] for reply in replies)
    assert sum("under way already" in error for error in errors) == 4
    assert sum("did not answer within" in error for error in errors) == 16
    assert max(reply["ms"] for reply in replies) <= LATE


def reset(connection, _):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


@pytest.mark.parametrize("answer", [
    pytest.param(reset, id="resets"),
    pytest.param(lambda c, r: c.close(), id="closes"),
    pytest.param(lambda c, r: (c.sendall(b"220 mail.example ESMTP\r\n"), c.close()), id="garbage"),
    pytest.param(lambda c, r: (c.sendall(said(b"x" * 30)[:-10]), c.close()), id="cuts it short"),
    pytest.param(lambda c, r: c.sendall(said(b"x" * (1024 * 1024 + 1))), id="sends too much")])
def test_what_is_no_reply_is_none(wine, answer):
    with ScriptedServer(answer) as server:
        reply = get(wine, server)
    assert "status" not in reply and reply["error"] and reply["ms"] <= LATE


def test_nobody_there_is_said_at_once(wine):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    reply = wine.probe(service=f"http://127.0.0.1:{port}", method="GET", path="/", deadline_ms=DEADLINE)
    assert "refused the connection" in reply["error"] and reply["ms"] < DEADLINE


def test_no_redirect_is_followed(wine):
    with ScriptedServer(lambda c, r: c.sendall(said())) as elsewhere:
        there = f"Location: {elsewhere.url}/stolen\r\n".encode()
        with ScriptedServer(lambda c, r: c.sendall(said(status="302 Found", more=there))) as server:
            reply = get(wine, server, bearer="t0ken")
        assert reply["status"] == 302
        assert elsewhere.requests == []


def test_no_challenge_is_answered(wine):
    ask = b"WWW-Authenticate: Negotiate\r\nWWW-Authenticate: Basic realm=x\r\n"
    with ScriptedServer(lambda c, r: c.sendall(said(status="401 Unauthorized", more=ask))) as server:
        assert get(wine, server)["status"] == 401
        assert len(server.requests) == 1


@pytest.mark.parametrize("wrong", [{"path": "v1"}, {"path": "/a b"}, {"path": "/\r\nX: y"},
                                   {"bearer": "a\r\nX: y"}, {"method": "DELETE"}])
def test_a_request_that_could_smuggle_is_not_sent(wine, wrong):
    with ScriptedServer(lambda c, r: c.sendall(said())) as server:
        reply = wine.probe(**{"service": server.url, "method": "GET", "path": "/", **wrong})
        assert reply["invalid"] is True and server.accepted == 0


@pytest.mark.parametrize("url", ["http://assent.example", "http://10.0.0.1:80", "https://a.example/path",
                                 "https://u:p@a.example", "https://a.example?x", "ftp://a.example",
                                 "assent", "", "https://", "http://127.0.0.1.evil.example"])
def test_addresses_that_are_not_spoken_to(wine, url):
    assert "refused" in wine.probe(service=url, method="GET", path="/")


def test_a_server_that_nobody_vouches_for_hears_nothing(wine, authority):
    with ScriptedServer(lambda c, r: c.sendall(said()),
                        tls_of(*authority.issue("good", ["localhost"]))) as server:
        reply = get(wine, server, bearer="t0ken")
        assert "certificate" in reply["error"] and server.requests in ([], [b""])


def der_of(certificate):
    return x509.load_pem_x509_certificate(certificate.read_bytes()).public_bytes(
        serialization.Encoding.DER).hex()


@pytest.mark.parametrize("pinned", [False, True])
def test_whom_the_machine_trusts_is_asked(wine, authority, pinned):
    files = authority.issue("good", ["localhost"])
    with ScriptedServer(lambda c, r: c.sendall(said()), tls_of(*files)) as server:
        pin = {"pin": pin_of(files[0])} if pinned else {}
        assert get(wine, server, trust=der_of(authority.file), **pin)["status"] == 200


def test_a_pinned_key_alone_vouches_for_nothing(wine, authority):
    files = authority.issue("good", ["localhost"])
    with ScriptedServer(lambda c, r: c.sendall(said()), tls_of(*files)) as server:
        assert "certificate" in get(wine, server, pin=pin_of(files[0]))["error"]
        assert server.requests in ([], [b""])


# That Windows does not even send the headers cannot be seen here: wine sends them.
def test_a_trusted_server_with_another_key_hears_no_answer(wine, authority):
    pinned, shown = authority.issue("good", ["localhost"]), authority.issue("other", ["localhost"])
    with ScriptedServer(lambda c, r: c.sendall(said()), tls_of(*shown)) as server:
        reply = wine.probe(service=server.url, method="POST", path="/", body="secret", bearer="t0ken",
                           pin=pin_of(pinned[0]), trust=der_of(authority.file), deadline_ms=DEADLINE)
        assert "not the pinned one" in reply["error"]
        assert not any(b"secret" in request for request in server.requests)


@pytest.mark.parametrize("hosts, expired", [(["elsewhere.example"], False), (["localhost"], True)])
def test_a_wrong_name_or_date_is_refused_whoever_vouches(wine, authority, hosts, expired):
    files = authority.issue("bad", hosts, expired=expired)
    with ScriptedServer(lambda c, r: c.sendall(said()), tls_of(*files)) as server:
        reply = get(wine, server, trust=der_of(authority.file), pin=pin_of(files[0]), bearer="t0ken")
        assert "certificate" in reply["error"] and server.requests in ([], [b""])
