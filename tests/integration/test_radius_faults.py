"""Assent away, slow or broken, and packets that mean harm: silence instead of "wrong passphrase",
and nothing of what a packet says is ever run (issue 4, faults and bad input)."""

import http.server
import json
import pathlib
import signal
import socketserver
import threading

import pytest

from portal_fixture import Visitor
from radius_fixture import FreeRadius, Wifi, free_port
from service_fixture import wait_for

SILENT = None


class StandIn:
    """Answers as the test says, in place of assentd."""

    def __init__(self, port):
        stand_in = self
        self.status, self.body, self.asked = 200, b"{}", 0

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self.answer(200, b"{}")

            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                stand_in.asked += 1
                self.answer(stand_in.status, stand_in.body)

            def answer(self, status, body):
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True

        self.server = Server(("127.0.0.1", port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def end(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def broken(tmp_path):
    """FreeRADIUS over a stand-in."""
    port = free_port()
    (tmp_path / "fr").mkdir()
    radius = FreeRadius(tmp_path / "fr", f"http://127.0.0.1:{port}", tmp_path / "secret")
    stand_in = StandIn(port)
    try:
        yield radius.start(), stand_in
    finally:
        radius.end()
        stand_in.end()


def test_silence_where_nobody_can_say(broken):
    radius, stand_in = broken
    for status, body in ((500, b"{}"), (503, b"{}"), (403, b"{}"), (404, b"{}"), (429, b"{}"),
                         (302, b"{}"), (200, b"{"), (200, b"")):
        stand_in.status, stand_in.body, before = status, body, stand_in.asked
        answer = radius.ask("v-maple-042", "x", patience=1)
        assert stand_in.asked > before
        if body == b"":
            assert answer.kind == "Access-Accept"  # an empty yes is one, as 204 is
        else:
            assert answer.kind is SILENT, (status, body, answer.output)
    for status in (500, 503, 403, 404):
        stand_in.status, stand_in.body = status, b"{}"
        assert radius.report("Start", None, patience=1).kind is SILENT, status
    stand_in.status = 401
    assert radius.ask("v-maple-042", "x").kind == "Access-Reject"


@pytest.mark.parametrize("inside", [("TTLS", "PAP"), ("PEAP", "GTC")])
def test_silence_inside_tls_too(broken, inside):
    radius, stand_in = broken
    stand_in.status = 503
    said = radius.eapol(*inside, "v-maple-042", "x", patience=3)
    assert stand_in.asked > 0 and said.endswith("FAILURE\n")
    assert "Access-Reject" not in said


def attribute(value, **more):
    return json.dumps({"reply:Filter-Id": {"op": ":=", "value": [value], **more}}).encode()


def test_what_an_answer_says_is_not_run_as_assent_writes_it(broken, tmp_path):
    radius, stand_in = broken
    mark = tmp_path / "ran"
    harm = "%{exec:/usr/bin/touch " + str(mark) + "}"
    stand_in.body = attribute(harm, do_xlat=False)
    assert radius.ask("v-maple-042", "x")["Filter-Id"] == harm
    assert not mark.exists()
    stand_in.body = attribute(harm)  # so the test can fail: this is what Assent must never send
    radius.ask("v-maple-042", "x")
    assert mark.exists()


def test_nothing_in_a_packet_is_run(own_wifi, tmp_path):
    guest, mark = own_wifi.guest(), tmp_path / "ran"
    session_class = own_wifi.enter(guest)["Class"]
    for harm in ("%{exec:/usr/bin/touch " + str(mark) + "}", "`/usr/bin/touch " + str(mark) + "`",
                 "$(/usr/bin/touch " + str(mark) + ")", "%{User-Password}\"};"):
        plain = dict(user=guest["account"], password=guest["passphrase"])
        for field in ("user", "password", "device", "nas", "Called_Station_Id", "Reply_Message",
                      "Connect_Info"):
            answer = own_wifi.radius.ask(**{**plain, field: harm})
            harmless = field in ("Called_Station_Id", "Reply_Message", "Connect_Info")
            assert answer.kind == ("Access-Accept" if harmless else "Access-Reject"), field
        for field in ("session", "device", "nas", "Acct_Multi_Session_Id"):
            own_wifi.radius.report("Start", session_class, **{field: harm})
        own_wifi.radius.eapol("TTLS", "PAP", harm.replace('"', ""), "x", patience=5)
    own_wifi.step(guest, "revoke")  # what an access point called its session goes to radclient
    assert not mark.exists()


def test_silence_while_assent_is_away_and_a_yes_when_it_is_back(own_wifi):
    guest = own_wifi.guest()
    session_class = own_wifi.enter(guest)["Class"]
    own_wifi.service.end(signal.SIGKILL)
    assert own_wifi.enter(guest, patience=5).kind is SILENT
    assert own_wifi.radius.report("Start", session_class, patience=5).kind is SILENT
    own_wifi.service.start()
    assert wait_for("a yes", lambda: own_wifi.enter(guest, patience=5).kind) == "Access-Accept"
    assert own_wifi.radius.report("Start", session_class).kind == "Accounting-Response"


def test_silence_while_assent_hangs(own_wifi):
    guest = own_wifi.guest()
    assert own_wifi.enter(guest).kind == "Access-Accept"
    own_wifi.service.process.send_signal(signal.SIGSTOP)
    try:
        assert own_wifi.enter(guest, patience=6).kind is SILENT
    finally:
        own_wifi.service.process.send_signal(signal.SIGCONT)
    assert wait_for("a yes", lambda: own_wifi.enter(guest, patience=5).kind) == "Access-Accept"


def files_below(*folders):
    for folder in folders:
        yield from (path for path in pathlib.Path(folder).rglob("*")
                    if path.is_file() and not path.is_symlink())


def test_no_passphrase_is_kept_anywhere(tmp_path):
    wifi = Wifi(tmp_path)
    try:
        wifi.service.start().fill()
        wifi.radius.start(debug=False)
        guest, other = wifi.guest(), wifi.guest()
        session_class = wifi.enter(guest)["Class"]
        wifi.radius.report("Start", session_class)
        assert wifi.radius.ask(guest["account"], other["passphrase"]).kind == "Access-Reject"
        assert wifi.radius.ask("v-nobody-000", other["passphrase"]).kind == "Access-Reject"
        said = wifi.radius.eapol("TTLS", "PAP", guest["account"], guest["passphrase"])
        assert said.endswith("SUCCESS\n"), said[-1000:]
        portal = Visitor(wifi.service, "127.8.9.9")
        assert portal.show_code(guest["voucher"]).status == 200
        typed = {"do": "account", "account": guest["account"], "passphrase": other["passphrase"]}
        assert portal.post(portal.come(), **typed).status in (200, 403)
        (tmp_path / "raddb-of/phone.conf").unlink()  # the phone's own
        wifi.service.end()
        looked = 0
        for path in files_below(tmp_path):
            content, looked = path.read_bytes(), looked + 1
            for secret in (guest["passphrase"], other["passphrase"], guest["voucher"]):
                for form in (secret, secret.replace("-", " "), secret.replace("-", "")):
                    assert form.encode() not in content, path
        assert looked > 20
    finally:
        wifi.end(signal.SIGKILL)
