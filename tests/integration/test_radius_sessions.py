"""What access points report of sessions, in whatever order and as often as they like (issue 4)."""

import re

from radius_fixture import PHONE, TABLET
from service_fixture import wait_for

NOT_OURS = "0x617373656e74"


def entered(wifi, **more):
    guest = wifi.guest()
    return guest, wifi.enter(guest, **more)["Class"]


def report(wifi, status, session_class, **more):
    answer = wifi.radius.report(status, session_class, **more)
    assert answer.kind == "Accounting-Response", answer.output


def test_a_session_is_known_from_its_start_to_its_end(wifi):
    guest, session_class = entered(wifi)
    report(wifi, "Start", session_class)
    [session] = wifi.sessions(guest)
    assert (session["device"], session["nas"], session["ended"]) == (PHONE, "ap-hall", None)
    report(wifi, "Interim-Update", session_class, Framed_IP_Address="10.0.0.7")
    assert wifi.sessions(guest)[0]["address"] == "10.0.0.7"
    here = wifi.admin.get("/v1/guests/onsite").json()["guests"]
    assert [one["sessions"] for one in here if one["guest"] == guest["guest"]] \
        == [wifi.sessions(guest)]
    report(wifi, "Stop", session_class, Acct_Terminate_Cause="User-Request")
    [ended] = wifi.sessions(guest)
    assert ended["ended"] and ended["cause"] == "user-request" and ended["address"] == "10.0.0.7"


def test_a_report_that_comes_twice_or_late_changes_nothing(wifi):
    guest, session_class = entered(wifi)
    for status in ("Start", "Start", "Stop"):
        report(wifi, status, session_class)
    ended = wifi.sessions(guest)
    for status in ("Stop", "Interim-Update", "Start"):
        report(wifi, status, session_class)
    assert wifi.sessions(guest) == ended and len(ended) == 1


def test_sessions_that_nobody_knows_are_taken_and_forgotten(wifi):
    before = wifi.service.size()
    guest, session_class = entered(wifi)
    for status in ("Start", "Interim-Update", "Stop", "Accounting-On", "Accounting-Off"):
        report(wifi, status, None)
        report(wifi, status, NOT_OURS, session="other")
        report(wifi, status, session_class[:-2] + "00")
        report(wifi, status, session_class, nas="ap-unknown")
    assert wifi.sessions(guest) == []
    assert wifi.service.size() > before  # the guest's own records: of reports there is none
    size = wifi.service.size()
    report(wifi, "Start", session_class)
    assert wifi.service.size() == size


def test_a_device_that_has_left_makes_room_for_another(wifi):
    guest, session_class = entered(wifi, device=PHONE)
    report(wifi, "Start", session_class, device=PHONE)
    assert wifi.enter(guest, device=TABLET).kind == "Access-Accept"
    third = "02-00-00-00-00-03"
    assert wifi.enter(guest, device=third).kind == "Access-Reject"
    report(wifi, "Stop", session_class, device=PHONE)
    assert wifi.enter(guest, device=third).kind == "Access-Accept"


def told_to_cut(wifi):
    log = wifi.radius.log.read_text(errors="replace")
    return len(re.findall(r"(?m)Tmp-Integer-0 := 1", log))


def test_a_report_is_answered_with_the_end_once_the_guest_may_not_be_there(wifi):
    guest, session_class = entered(wifi)
    report(wifi, "Start", session_class)
    before = told_to_cut(wifi)
    report(wifi, "Interim-Update", session_class)
    assert told_to_cut(wifi) == before
    wifi.step(guest, "revoke")
    report(wifi, "Interim-Update", session_class)
    assert told_to_cut(wifi) == before + 1
    report(wifi, "Stop", session_class)
    assert wifi.sessions(guest)[0]["ended"]


def test_a_session_goes_on_being_known_after_a_restart(own_wifi):
    guest, session_class = entered(own_wifi)
    report(own_wifi, "Start", session_class)
    _, unseen = entered(own_wifi)
    own_wifi.service.end()
    own_wifi.service.start()
    assert [one["ended"] for one in own_wifi.sessions(guest)] == [None]
    report(own_wifi, "Interim-Update", unseen, session="5F1B", device=TABLET)
    report(own_wifi, "Stop", session_class)
    assert wait_for("its end", lambda: own_wifi.sessions(guest)[0]["ended"])
    here = own_wifi.admin.get("/v1/guests/onsite").json()["guests"]
    assert sorted(len([s for s in one["sessions"] if not s["ended"]]) for one in here) == [0, 1]
