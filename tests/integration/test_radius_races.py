"""Extending, revoking and logging in at the same moment (issue 4): every answer is one that some order of
what happened explains, and who was revoked is not let in again."""

import json
import random
import signal
import threading
import time

import pytest

from access_point import AccessPoint
from radius_fixture import ACCESS_POINT, SHARED, Wifi, many_at_any_hour
from service_fixture import wait_for
from set_clock import instant

ROUNDS = 12
BY, TIMES = 5 * 60, 10
AT_ONCE = 5  # seconds


def extended_often(toml):
    old = 'extend       = { times = 2, in_all = "2h" }'
    assert old in toml
    return many_at_any_hour(toml).replace(old, f'extend = {{ times = {TIMES}, in_all = "5h" }}')


@pytest.fixture(scope="module")
def raced(tmp_path_factory):
    point, wifi = AccessPoint(SHARED), None
    try:
        wifi = Wifi(tmp_path_factory.mktemp("raced"), nas=((point.config(), ACCESS_POINT),),
                    edit=extended_often)
        yield wifi.start(), point
    finally:
        if wifi:
            wifi.end(signal.SIGKILL)
        point.end()


class Moment:
    """Something that was asked, when, when the answer came, and what it said."""

    def __init__(self, ask):
        self.sent = time.time()
        self.said = ask()
        self.answered = time.time()


def devices_of(seed):
    """Two that no other round has: what is refused there counts as guesses."""
    return [f"02-00-00-00-{seed:02X}-{number:02X}" for number in (1, 2)]


def login(wifi, guest, device):
    return Moment(lambda: wifi.enter(guest, device=device))


def step(wifi, guest, what, **more):
    return Moment(lambda: wifi.admin.post(f"/v1/guests/{guest['guest']}/steps",
                                          {"step": what, "reason": "a race", **more}))


class Race:
    """Everybody at once, until all that shall be done once is done. `logins` goes on past it."""

    def __init__(self, wifi, guest, devices, once):
        self.wifi, self.guest, self.logins, self.steps = wifi, guest, [], []
        self.over, start = threading.Event(), threading.Barrier(len(once) + 2)
        self.logs_in = [threading.Thread(target=self._log_in, args=(start, device))
                        for device in devices]
        takes = [threading.Thread(target=self._take, args=(start, each)) for each in once]
        for thread in (*self.logs_in, *takes):
            thread.start()
        for thread in takes:
            thread.join()
        wanted = len(self.logins) + 4  # sent after the last step's answer
        wait_for("later logins", lambda: len(self.logins) >= wanted)
        self.over.set()
        for thread in self.logs_in:
            thread.join()

    def _log_in(self, start, device):
        start.wait()
        while not self.over.is_set():
            self.logins.append(login(self.wifi, self.guest, device))

    def _take(self, start, each):
        start.wait()
        for what, more, after in each:
            time.sleep(after)  # another order in each round
            self.steps.append((what, step(self.wifi, self.guest, what, **more)))

    def done(self, what):
        return [moment for name, moment in self.steps if name == what and moment.said.status == 200]

    def accepted(self):
        for moment in self.logins:
            assert moment.said.kind in ("Access-Accept", "Access-Reject"), moment.said.output
            if moment.said.kind == "Access-Accept":
                yield moment, int(moment.said["Session-Timeout"])


def extensions(times, dice):
    return [("extend", {"by": f"{BY // 60}m"}, dice.random() / 40) for _ in range(times)]


def possible_ends(race, moment, first):
    """Ends that the guest may have had while `moment` was under way."""
    least = sum(one.answered < moment.sent for one in race.done("extend"))
    most = sum(one.sent < moment.answered for one in race.done("extend"))
    return [first + BY * times for times in range(least, most + 1)]


def check_ends(race, first):
    """Each Session-Timeout is the time to an end that was there, to the second."""
    for moment, timeout in race.accepted():
        assert any(moment.sent - 0.01 <= end - timeout < moment.answered + 1
                   for end in possible_ends(race, moment, first)), (timeout, moment.sent)


def last_record(wifi, guest):
    """What the log said last of this guest."""
    for number in reversed(range(wifi.service.size())):
        record = json.loads(wifi.admin.read(f"/v1/receipts/{number}")["record"])
        if record["type"].startswith("guest.") and record["guest"]["id"] == guest["guest"]:
            return record
    raise AssertionError("the log has nothing of them")


def test_every_session_ends_when_the_log_says(raced):
    wifi, _ = raced
    for seed in range(ROUNDS):
        dice, guest = random.Random(seed), wifi.guest(**{"for": "2h"})
        devices = devices_of(seed)
        race = Race(wifi, guest, devices, [extensions(3, dice), extensions(4, dice)])
        first = instant(guest["until"])
        check_ends(race, first)
        assert len(race.done("extend")) == 7
        last = login(wifi, guest, devices[0])
        end = instant(last_record(wifi, guest)["until"])
        assert end == pytest.approx(first + 7 * BY, abs=0.001)
        left = int(last.said["Session-Timeout"])
        assert int(end - last.answered) <= left <= int(end - last.sent)


def test_who_was_revoked_is_not_let_in_again_whatever_is_extended_meanwhile(raced):
    wifi, point = raced
    for seed in range(ROUNDS):
        dice, guest = random.Random(seed), wifi.guest(**{"for": "2h"})
        devices, name = devices_of(ROUNDS + seed), f"RACE-{seed}"
        begun, late = [wifi.enter(guest, device=device)["Class"] for device in devices]
        wifi.radius.report("Start", begun, session=name, device=devices[0])
        race = Race(wifi, guest, devices, [extensions(5, dice), extensions(5, dice),
                                           [("revoke", {}, dice.random() / 8)]])
        [revoked] = race.done("revoke")
        check_ends(race, instant(guest["until"]))
        assert wifi.sessions(guest)
        assert all(moment.sent < revoked.answered for moment, _ in race.accepted())
        assert sum(moment.sent > revoked.answered for moment in race.logins) >= 4
        assert all(moment.sent < revoked.answered for moment in race.done("extend"))
        for what, moment in race.steps:
            assert moment.said.status in (200, 409), moment.said
        record = last_record(wifi, guest)
        assert (record["type"], record["what"]) == ("guest.end", "revoke")
        assert revoked.sent - 0.01 <= instant(record["until"]) <= revoked.answered + 0.01
        wait_for("the cut", lambda: point.was_told(name), AT_ONCE)
        wifi.radius.report("Start", late, session="LATE-" + name, device=devices[1])
        wait_for("the late cut", lambda: point.was_told("LATE-" + name), AT_ONCE)
        wait_for("the book", lambda: all(one["cause"] == "revoked" for one in wifi.sessions(guest)))
