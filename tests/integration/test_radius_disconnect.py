"""A guest on a wired 802.1X port is on the network, and off it as soon as somebody ends them, or when
their end has come (issue 4, point 3)."""

import re
import signal
import time

import pytest

from radius_fixture import ACCESS_POINT, Wifi, free_udp_port
from service_fixture import wait_for
from set_clock import SetClock, instant, service_at
from wired_port import Port

AT_ONCE = 5  # seconds
LOOKS_EVERY = 10  # at sessions whose guest's time may be over


def run_port(folder, clock=None, **more):
    das, made = free_udp_port(), None
    (folder / "port").mkdir()
    own = {"service": service_at(clock)} if clock else {}
    wifi = Wifi(folder, nas=(
        (f'address = "127.0.0.1"\ncoa_port = {das}\nsecret_file = "secrets/nas0"', ACCESS_POINT),),
        **own)
    try:
        made = Port(folder / "port", wifi.start(), das, **more)
        made.clock = clock
        yield made
    finally:
        if made:
            made.end()
        wifi.end(signal.SIGKILL)


@pytest.fixture
def port(tmp_path):
    yield from run_port(tmp_path)


@pytest.fixture
def timed_port(tmp_path):
    """assentd's clock is the test's."""
    yield from run_port(tmp_path, clock=SetClock(tmp_path), window=3600)


def open_sessions(wifi, guest):
    return [one for one in wifi.sessions(guest) if not one["ended"]]


@pytest.mark.parametrize("how, cause", [("revoke", "revoked"), ("suspend", "suspended")])
def test_a_guest_is_off_the_network_at_once(port, how, cause):
    wifi, guest = port.wifi, port.wifi.guest()
    port.plug_in(guest)
    wait_for("a session", lambda: open_sessions(wifi, guest))
    assert port.is_open()
    begun = time.monotonic()
    wifi.step(guest, how)
    wait_for("a closed port", lambda: not port.is_open())
    assert time.monotonic() - begun < AT_ONCE
    wait_for("its end", lambda: not open_sessions(wifi, guest))
    assert wifi.sessions(guest)[0]["cause"] == cause
    assert re.search("Disconnect|disconnect|AP-STA-DISCONNECTED",
                     (port.folder / "hostapd.log").read_text())
    assert not port.is_open()


def test_a_session_that_the_port_does_not_know_is_over(port):
    wifi, guest = port.wifi, port.wifi.guest()
    session_class = wifi.enter(guest)["Class"]
    assert wifi.radius.report("Start", session_class).kind == "Accounting-Response"
    wifi.step(guest, "revoke")
    wait_for("its end", lambda: not open_sessions(wifi, guest))
    assert wifi.sessions(guest)[0]["cause"] == "revoked"


def test_a_session_that_outlives_its_guest_is_cut(timed_port):
    """The port would end it by itself minutes later: its Session-Timeout runs by the port's clock."""
    wifi, clock = timed_port.wifi, timed_port.clock
    guest = wifi.guest(**{"for": "5m"})
    timed_port.plug_in(guest)
    wait_for("a session", lambda: open_sessions(wifi, guest))
    end = instant(guest["until"])
    clock.set(end - 2)
    while clock.now() < end - 0.2:
        assert timed_port.is_open() and open_sessions(wifi, guest)
    wait_for("a closed port", lambda: not timed_port.is_open())
    assert end <= clock.now() < end + LOOKS_EVERY + 1
    wait_for("its end", lambda: not open_sessions(wifi, guest))
    assert {one["cause"] for one in wifi.sessions(guest)} == {"expired"}
    assert wifi.enter(guest).kind == "Access-Reject" and not timed_port.is_open()
