"""Guests' logins through a real FreeRADIUS: PAP as a gateway asks, EAP as a phone does (issue 4)."""

import re

import pytest

from radius_fixture import PHONE, SHARED, TABLET

WRONG = "maple-robin-tunnel-robin"


def test_a_guest_is_let_in_until_their_end(wifi):
    answer = wifi.enter(wifi.guest(**{"for": "2h"}))
    assert answer.kind == "Access-Accept", answer.output
    assert 7190 <= int(answer["Session-Timeout"]) <= 7200
    assert answer["Filter-Id"] == "visitor"
    assert answer["Tunnel-Private-Group-Id:0"] == "210"
    assert answer["Tunnel-Type:0"] == "VLAN" and answer["Tunnel-Medium-Type:0"] == "IEEE-802"
    assert answer["WISPr-Bandwidth-Max-Down"] == "10000000"
    assert answer["Acct-Interim-Interval"] == "300"
    assert re.fullmatch("0x[0-9a-f]{100,506}", answer["Class"])
    assert set(answer.attributes) == {
        "Session-Timeout", "Termination-Action", "Filter-Id", "Tunnel-Private-Group-Id:0",
        "Tunnel-Type:0", "Tunnel-Medium-Type:0", "WISPr-Bandwidth-Max-Down",
        "Acct-Interim-Interval", "Class"}


def test_who_has_not_agreed_is_kept_apart(wifi):
    guest = wifi.guest(accept=False)
    answer = wifi.enter(guest)
    assert answer.kind == "Access-Accept"
    assert answer["Filter-Id"] == "aup-only" and answer["Tunnel-Private-Group-Id:0"] == "299"
    assert answer["Session-Timeout"] == "300"
    wifi.accept(guest)
    assert wifi.enter(guest)["Tunnel-Private-Group-Id:0"] == "210"


def refusals(wifi):
    here, gone, held = wifi.guest(), wifi.guest(), wifi.guest()
    wifi.step(gone, "revoke")
    wifi.step(held, "suspend")
    locked = wifi.guest()
    for _ in range(5):
        assert wifi.radius.ask(locked["account"], WRONG).kind == "Access-Reject"
    ask = wifi.radius.ask
    return {"wrong": ask(here["account"], WRONG), "unknown": ask("v-nobody-000", WRONG),
            "revoked": wifi.enter(gone), "suspended": wifi.enter(held),
            "locked": wifi.enter(locked),
            "strange": ask("a b@c@d\\e", "\xff\xfe"),
            "elsewhere": wifi.enter(here, nas="ap-unknown"),
            "no device": wifi.enter(here, device="nobody")}


def test_everybody_who_stays_out_hears_the_same(wifi):
    heard = {name: (answer.kind, tuple(answer.attributes.items()))
             for name, answer in refusals(wifi).items()}
    assert len(set(heard.values())) == 1 and heard["wrong"][1], heard


def test_a_name_without_a_passphrase_tells_nothing(wifi):
    heard = [wifi.radius.ask(name, "") for name in (wifi.guest()["account"], "v-nobody-000", "")]
    assert {(answer.kind, answer["Reply-Message"]) for answer in heard} == {("Access-Reject", None)}


def test_guessing_locks_the_device_that_guesses(wifi):
    guest = wifi.guest()
    for _ in range(5):
        wifi.radius.ask(guest["account"], WRONG, device=TABLET)
    assert wifi.enter(guest, device=TABLET).kind == "Access-Reject"
    assert wifi.enter(guest, device=PHONE.replace("01", "77")).kind == "Access-Accept"


def test_no_more_devices_than_allowed(wifi):
    guest = wifi.guest(devices=1)
    assert wifi.enter(guest, device="02-00-00-00-11-01").kind == "Access-Accept"
    assert wifi.enter(guest, device="02-00-00-00-11-02").kind == "Access-Reject"
    assert wifi.enter(guest, device="02-00-00-00-11-01").kind == "Access-Accept"


def test_a_request_that_proves_nothing_hears_nothing(wifi):
    assert wifi.enter(wifi.guest(), signed=False, patience=1).kind is None


@pytest.mark.parametrize("method, inside", [("TTLS", "PAP"), ("PEAP", "GTC")])
def test_a_phone_gets_in_with_a_passphrase_under_tls(wifi, method, inside):
    guest = wifi.guest(**{"for": "1h"})
    said = wifi.radius.eapol(method, inside, guest["account"], guest["passphrase"])
    assert said.endswith("SUCCESS\n"), said[-2000:]
    assert "Attribute 27 (Session-Timeout)" in said and "Attribute 25 (Class)" in said
    wrong = wifi.radius.eapol(method, inside, guest["account"], WRONG)
    assert wrong.endswith("FAILURE\n")


@pytest.mark.parametrize("method, inside", [("PEAP", "MSCHAPV2"), ("TTLS", "MSCHAPV2"),
                                            ("TTLS", "CHAP")])
def test_what_would_need_a_passphrase_in_clear_is_refused(wifi, method, inside):
    guest = wifi.guest()
    said = wifi.radius.eapol(method, inside, guest["account"], guest["passphrase"])
    assert said.endswith("FAILURE\n"), said[-2000:]


def test_a_phone_that_knows_its_server_tells_no_other(wifi):
    guest = wifi.guest()
    before = wifi.radius.log.read_text(errors="replace").count("assent: ")
    said = wifi.radius.eapol("TTLS", "PAP", guest["account"], guest["passphrase"],
                             server_name="other.example")
    assert said.endswith("FAILURE\n")
    assert wifi.radius.log.read_text(errors="replace").count("assent: ") == before


def test_nobody_but_freeradius_may_ask(wifi):
    import http.client
    for header in ({}, {"Authorization": "Bearer " + SHARED}, {"Authorization": "Basic YTpi"}):
        connection = http.client.HTTPConnection("127.0.0.1", wifi.port, timeout=10)
        connection.request("POST", "/radius/v1/authenticate", "{}", header)
        assert connection.getresponse().status == 403
        connection.close()


def test_the_public_listener_knows_nothing_of_it(wifi):
    for path in ("authorize", "authenticate", "accounting", "post-auth"):
        assert wifi.service.open().call("POST", f"/radius/v1/{path}", b"{}").status == 404
