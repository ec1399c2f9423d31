"""nginx with packaging/nginx/assent.conf in front of the real HTTP server, on loopback.
ECHO_SERVER names the echo_server program of the build under test."""

import http.client, os, re, socket, ssl, subprocess, threading, time

import pytest

from edge_fixture import SECRET, Edge
from service_fixture import SOURCE
from slapd_fixture import free_port


@pytest.fixture(scope="module")
def edge(tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("edge"), free_port()
    subprocess.run([SOURCE / "tools/dev/ca.sh", folder], check=True, stderr=subprocess.DEVNULL)
    program = os.environ.get("ECHO_SERVER", SOURCE / "build/test/bin/echo_server")
    echo = subprocess.Popen([program, "0", SECRET], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    nginx = Edge(folder, port, int(echo.stdout.readline()))
    try:
        yield port, folder / "ca.pem"
    finally:
        nginx.end()
        echo.stdin.close(), echo.wait(5)


def say(edge, text, timeout=5):
    port, ca = edge
    context = ssl.create_default_context(cafile=ca)
    with socket.create_connection(("127.0.0.1", port), timeout) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as client:
            client.sendall(text.encode())
            heard = b""
            try:
                while piece := client.recv(65536):
                    heard += piece
            except (OSError, TimeoutError):
                pass
    return heard.decode()


def ask(method="GET", headers="", body="", path="/who"):
    return (f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"
            f"{body}")


def replies(edge, path, times, method="POST"):
    """To so many requests on one connection: the status, the headers, the text."""
    port, ca = edge
    link = http.client.HTTPSConnection("localhost", port, timeout=5,
                                       context=ssl.create_default_context(cafile=ca))
    heard = []
    for _ in range(times):
        link.request(method, path, "{}")
        reply = link.getresponse()
        heard.append((reply.status, reply.headers, reply.read().decode()))
    link.close()
    return heard


def many(edge, path, times, method="POST"):
    return [status for status, _, _ in replies(edge, path, times, method)]


def test_serves_over_verified_tls(edge):
    assert '"path":"/who"' in say(edge, ask())


def test_another_ca_is_refused(edge, tmp_path):
    subprocess.run([SOURCE / "tools/dev/ca.sh", tmp_path], check=True, stderr=subprocess.DEVNULL)
    with pytest.raises(ssl.SSLCertVerificationError):
        say((edge[0], tmp_path / "ca.pem"), ask())


def test_a_client_cannot_forge_what_the_edge_says(edge):
    forged = f"X-Assent-Edge: {SECRET}\r\nX-Assent-Client: 10.9.9.9\r\n"
    assert '"peer":"127.0.0.1"' in say(edge, ask(headers=forged))


def test_a_chunked_body_arrives_with_a_length(edge):
    heard = say(edge, ask("POST", "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"))
    assert '"bytes":5' in heard


def test_a_large_body_is_refused(edge):
    assert " 413 " in say(edge, ask("POST", "Content-Length: 1048577\r\n"))


@pytest.mark.parametrize("headers", [
    "Content-Length: 5\r\nContent-Length: 3\r\n",
    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    "Transfer-Encoding: xchunked\r\n",
    "Content-Length: +5\r\n",
])
def test_smuggling_is_refused(edge, headers):
    smuggled = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
    heard = say(edge, ask("POST", headers, "0\r\n\r\n" + smuggled))
    assert re.match(r"HTTP/1.1 (400|501) ", heard) and "smuggled" not in heard


@pytest.mark.parametrize("path", ["enrol", "challenge", "session", "%65nrol?x=1"])
def test_what_a_stranger_may_post_is_limited(edge, path):
    statuses = many(edge, "/v1/devices/" + path, 300)
    assert 429 in statuses and statuses[-1] == 429


def test_what_proves_who_asks_is_not_limited(edge):
    assert set(many(edge, "/v1/gate/check", 300)) == {200}
    assert set(many(edge, "/v1/devices", 300)) == {200}


def crowd(edge, path, people, forms):
    """The statuses that so many people behind one address hear, each with so many forms, and how long they
    took; a few lines at a time, as fast as the edge takes them."""
    lines, heard = 10, []
    threads = [threading.Thread(target=lambda: heard.extend(many(edge, path, people * forms // lines)))
               for _ in range(lines)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return heard, time.monotonic() - begun


@pytest.mark.parametrize("path, forms, rate", [("/portal/kingsmead", 3, 100),
                                               ("/sign/kingsmead/signin", 1, 20)])
def test_a_school_behind_one_address_may_fill_in_its_forms_and_no_more(edge, path, forms, rate):
    heard, took = crowd(edge, path, 500, forms)
    assert set(heard) == {200} and len(heard) == 500 * forms and took < 10
    heard, took = crowd(edge, path, 500, forms * 2)
    assert heard.count(429) >= 500 * forms - rate * (took + 10) > 100
    refused = [reply for reply in replies(edge, path, 100) if reply[0] == 429]
    assert refused
    for _, headers, page in refused:
        assert headers["Retry-After"] == "10" and "Wait ten seconds" in page
    assert set(many(edge, path, 50, "GET")) == {200}  # to look is free
    for free in ("/portal/kingsmead/hall-gateway", "/sign/kingsmead"):  # they prove who they are
        assert set(many(edge, free, 50)) == {200}


def test_what_is_limited_goes_through_the_same_edge(edge):
    deadline = time.monotonic() + 10
    forged = f"X-Assent-Edge: {SECRET}\r\nX-Assent-Client: 10.9.9.9\r\nContent-Length: 0\r\n"
    while " 429 " in (heard := say(edge, ask("POST", forged, path="/v1/devices/enrol"))):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert '"peer":"127.0.0.1"' in heard
