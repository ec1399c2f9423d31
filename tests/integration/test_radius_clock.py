"""Guests over RADIUS when the clock is strange (issue 4): on both days of the year on which the school's
clocks change, every Session-Timeout is right to the second; a clock that is set back an hour gives
nobody their account back, and keeps nobody on the network."""

import datetime
import re
import signal
import zoneinfo

import pytest

from access_point import AccessPoint
from radius_fixture import ACCESS_POINT, SHARED, Wifi
from service_fixture import wait_for
from set_clock import SetClock, instant, service_at

LONDON = zoneinfo.ZoneInfo("Europe/London")
HOUR = 3600
LOOKS_EVERY = 10  # at sessions whose guest's time may be over


def local(text):
    """Seconds since 1970 of "2027-03-28 15:30" in London; the first of two."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=LONDON).timestamp()


def every_day_until_half_past_three(toml):
    kind = toml.index("[guest.visitor]")
    rest = re.sub(r"(?m)^hours .*$", 'hours = { from = "00:00", until = "15:30" }', toml[kind:], count=1)
    rest = rest.replace("[guest.visitor]\n", "[guest.visitor]\nlive_per_host = 1000\n")
    return toml[:kind] + rest.replace('longest_stay = "10h"', 'longest_stay = "5d"', 1)


class Timed:
    def __init__(self, folder, at):
        self.point = AccessPoint(SHARED)
        self.clock = SetClock(folder, at)
        self.wifi = Wifi(folder, nas=((self.point.config(), ACCESS_POINT),),
                         service=service_at(self.clock), edit=every_day_until_half_past_three)

    def start(self):
        self.wifi.start()
        return self

    def end(self):
        self.wifi.end(signal.SIGKILL)
        self.point.end()

    def check_login(self, guest, end):
        """The Session-Timeout is the time from now to `end`, in whole seconds."""
        before = self.clock.now()
        answer = self.wifi.enter(guest)
        after = self.clock.now()
        assert answer.kind == "Access-Accept", answer.output
        assert int(end - after) <= int(answer["Session-Timeout"]) <= int(end - before)

    def begin(self, guest, session):
        """A session that the access point reports."""
        answer = self.wifi.enter(guest)
        assert answer.kind == "Access-Accept", answer.output
        assert self.wifi.radius.report("Start", answer["Class"], session=session).kind

    def state(self, guest):
        return self.wifi.admin.read(f"/v1/guests/{guest['guest']}")["state"]


@pytest.fixture
def timed_from(tmp_path):
    """assentd since then, at that time, with an access point that takes Disconnect-Requests."""
    made = []

    def make(at):
        made.append(Timed(tmp_path, at))
        return made[-1].start()

    yield make
    for each in made:
        each.end()


@pytest.fixture
def timed(timed_from):
    return timed_from(instant("2027-01-11T09:00:00Z"))


@pytest.mark.parametrize("at, closes, hours", [
    ("2027-03-27 09:00", "2027-03-27 15:30", 6.5),
    ("2027-03-28 00:30", "2027-03-28 15:30", 14),  # an hour is missing from that night
    ("2027-03-28 12:00", "2027-03-28 15:30", 3.5),
    ("2027-03-29 00:30", "2027-03-29 15:30", 15),
    ("2027-10-30 12:00", "2027-10-30 15:30", 3.5),
    ("2027-10-31 00:30", "2027-10-31 15:30", 16),  # an hour comes twice
    ("2027-10-31 12:00", "2027-10-31 15:30", 3.5),
    ("2027-11-01 00:30", "2027-11-01 15:30", 15),
])
def test_daily_hours_end_by_the_schools_clock_on_the_days_it_changes(timed_from, at, closes, hours):
    assert local(closes) - local(at) == hours * HOUR
    timed = timed_from(local(at))
    guest = timed.wifi.guest()
    timed.check_login(guest, local(closes))
    timed.clock.set(local(closes) - 61)
    timed.check_login(guest, local(closes))
    timed.clock.set(local(closes))
    assert timed.wifi.enter(guest).kind == "Access-Reject"
    assert timed.state(guest) == "issued"  # closed for today; the end is days ahead


@pytest.mark.parametrize("at, until", [
    ("2027-03-26 09:00", "2027-03-29 12:00"),
    ("2027-03-28 00:58", "2027-03-28 02:00"),  # two minutes later
    ("2027-10-29 09:00", "2027-11-01 12:00"),
    ("2027-10-31 00:00", "2027-10-31 01:30"),  # the first half past one
    ("2027-10-31 00:10", "2027-10-31 02:10"),  # three hours later
])
def test_an_end_by_the_clock_is_the_schools_clock_across_the_change(timed_from, at, until):
    timed = timed_from(local(at))
    guest = timed.wifi.guest(kind="contractor", until=until)
    assert instant(guest["until"]) == local(until)
    timed.check_login(guest, local(until))


def test_who_has_ended_stays_out_when_the_clock_is_set_back(timed):
    wifi, clock = timed.wifi, timed.clock
    expired, revoked = wifi.guest(**{"for": "2h"}), wifi.guest(**{"for": "5h"})
    assert wifi.enter(expired).kind == wifi.enter(revoked).kind == "Access-Accept"
    clock.set(instant(expired["until"]) + 1)
    wifi.step(revoked, "revoke")
    wait_for("the end to be written down", lambda: timed.state(expired) == "ended")
    clock.step(-HOUR)
    for _ in range(2):
        for device in range(3):  # nobody guesses: each is another's first try
            assert wifi.enter(expired, device=f"02-00-00-00-10-0{device}").kind == "Access-Reject"
            assert wifi.enter(revoked, device=f"02-00-00-00-10-0{device}").kind == "Access-Reject"
        for guest in (expired, revoked):
            assert timed.state(guest) == "ended"
        wifi.service.end()
        wifi.service.start()


def test_who_is_issued_while_the_clock_is_behind_begins_when_the_log_does(timed):
    """The log's times never go back, and an account begins at its record's."""
    wifi, clock, before = timed.wifi, timed.clock, timed.wifi.guest(**{"for": "5h"})
    clock.step(-60)
    guest = wifi.guest(**{"for": "2h"})
    assert wifi.enter(guest).kind == wifi.enter(before).kind == "Access-Reject"
    clock.step(60)
    timed.check_login(guest, instant(guest["until"]))
    timed.check_login(before, instant(before["until"]))


def test_a_session_is_cut_at_once_though_the_clock_was_set_back_under_it(timed):
    wifi, point, guest = timed.wifi, timed.point, timed.wifi.guest()
    timed.begin(guest, "OPEN")
    timed.clock.step(-HOUR)
    wifi.step(guest, "revoke")
    wait_for("the Disconnect-Request", lambda: point.was_told("OPEN"), 5)
    wait_for("the book", lambda: wifi.sessions(guest)[0]["cause"] == "revoked")


def test_a_session_is_cut_at_its_end_by_the_clock_that_was_set_back(timed):
    wifi, clock, point = timed.wifi, timed.clock, timed.point
    clock.step(2 * HOUR)
    guest = wifi.guest(**{"for": "3h"})
    timed.begin(guest, "OPEN")
    clock.step(-HOUR)
    clock.set(instant(guest["until"]) - 1)
    assert not point.told
    wait_for("the Disconnect-Request", lambda: point.was_told("OPEN"), LOOKS_EVERY + 2)
    assert clock.now() >= instant(guest["until"])


def test_a_cut_that_waits_for_an_access_point_does_not_wait_for_the_clock(timed):
    """Asked again within ten seconds, whatever the hour has become."""
    wifi, point, guest = timed.wifi, timed.point, timed.wifi.guest()
    timed.begin(guest, "OPEN")
    point.answers = False
    wifi.step(guest, "revoke")
    wait_for("a Disconnect-Request", lambda: point.was_told("OPEN"))
    timed.clock.step(-HOUR)
    wait_for("its last try", lambda: len(point.told) >= 2)
    point.answers = True
    wait_for("the cut", lambda: wifi.sessions(guest)[0]["ended"], LOOKS_EVERY + 8)
