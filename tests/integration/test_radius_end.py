"""The last minute of a guest over RADIUS: nobody is let in after the end, no Session-Timeout reaches past
it, and a session that goes on is cut (issue 4). In real time: the shortest session is a minute."""

import datetime
import signal
import threading
import time

import pytest

from access_point import AccessPoint
from radius_fixture import ACCESS_POINT, PHONE, SHARED, TABLET, Wifi
from service_fixture import wait_for
from set_clock import instant

SHORTEST = 60     # seconds: who has less left is refused
LOOKS_EVERY = 10  # at sessions whose guest's time may be over
NEAR = 1.5        # of what matters, everybody tries as fast as they can


@pytest.fixture
def watched(tmp_path):
    point, wifi = AccessPoint(SHARED), None
    try:
        wifi = Wifi(tmp_path, nas=((point.config(), ACCESS_POINT),))
        yield wifi.start(), point
    finally:
        if wifi:
            wifi.end(signal.SIGKILL)
        point.end()


def in_rfc3339(at):
    day = datetime.datetime.fromtimestamp(at, datetime.timezone.utc)
    return day.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Login:
    def __init__(self, wifi, guest, device):
        self.sent = time.time()
        answer = wifi.enter(guest, device=device)
        self.answered = time.time()
        self.accepted = answer.kind == "Access-Accept"
        assert self.accepted or answer.kind == "Access-Reject", answer.output
        self.timeout = int(answer["Session-Timeout"]) if self.accepted else None


def keep_logging_in(wifi, guest, end, logins, device):
    last = end - SHORTEST
    while time.time() < end + NEAR:
        logins.append(Login(wifi, guest, device))
        if min(abs(time.time() - last), abs(time.time() - end)) > NEAR:
            time.sleep(0.1)  # so that the log of the whole minute stays small


def test_nobody_is_let_in_past_the_end_and_a_session_that_goes_on_is_cut(watched):
    wifi, point = watched
    end = round(time.time() + SHORTEST + 4, 3)
    guest = wifi.guest(until=in_rfc3339(end))
    assert abs(instant(guest["until"]) - end) < 0.01
    wifi.radius.report("Start", wifi.enter(guest)["Class"], session="GOES-ON")
    logins = []
    devices = [threading.Thread(target=keep_logging_in, args=(wifi, guest, end, logins, device))
               for device in (PHONE, TABLET)]
    for device in devices:
        device.start()
    for device in devices:
        device.join()
    accepted = [login for login in logins if login.accepted]
    assert len(accepted) > 10 and max(login.sent for login in accepted) <= end - SHORTEST
    assert all(login.sent + login.timeout <= end for login in accepted)
    last = max(accepted, key=lambda login: login.sent)
    assert SHORTEST <= last.timeout <= end - last.sent < SHORTEST + 1
    assert len([login for login in logins if login.sent > end]) > 10
    assert len([login for login in logins if end - SHORTEST < login.sent < end]) > 100
    told = wait_for("the Disconnect-Request", lambda: point.was_told("GOES-ON"))
    assert end < told < end + LOOKS_EVERY + 1
    wait_for("its end", lambda: wifi.sessions(guest)[0]["ended"])
    assert wifi.sessions(guest)[0]["cause"] == "expired"
