"""Who has no code asks on the portal, waits, and is let in by a sponsor; who is online asks to stay longer
(docs/guests.md, A21). Over HTTP, as a phone without script or cookie."""

import json
import re

import pytest

from http_client import Client

SPONSOR = "jpatel"  # a teacher
WISH = {"kind": "visitor", "name": "Mx B. Walker", "visits": "kgreen", "why": "interview"}


@pytest.fixture(scope="module")
def sponsor(portal):
    made = portal.admin.do("/v1/tokens", {"for": SPONSOR, "scope": "staff"})
    return Client(portal.service, made["bearer"], "kingsmead")


def ask(phone, **other):
    form = phone.post(phone.come(), do="ask")
    assert form.title.startswith("Ask for access"), form.text
    return phone.post(form, do="request", **{**WISH, **other})


def waiting(portal):
    """Requests that nobody has answered, the newest first."""
    return portal.admin.read("/v1/guests", state="requested")["guests"]


def let_in(sponsor, guest):
    sponsor.do(f"/v1/guests/{guest}/steps", {"step": "approve"})
    return sponsor.do(f"/v1/guests/{guest}/issue", {})


def is_captive(phone):
    return json.loads(phone.captivity().text)["captive"]


def code_on(page):
    return re.search(r'slip__secret">([0-9A-Z]{4})<', page.text)[1]


def test_a_visitor_asks_is_let_in_and_goes_online(portal, sponsor):
    phone = portal.visitor()
    page = ask(phone)
    assert page.status == 200 and page.title.startswith("Waiting to be let in")
    assert page.headers["Refresh"] == "15; url=/portal/kingsmead?language=en"
    assert "looks again by itself every 15 seconds" in page.text
    asked = waiting(portal)[0]
    assert asked["code"] == code_on(page) and asked["visits"] == "kgreen"
    assert asked["host"]["login"] == "kgreen" and asked["waits_for_approval"]
    assert not asked["account"] and is_captive(phone)
    made = let_in(sponsor, asked["guest"])
    assert phone.come().title.startswith("You have been let in") and is_captive(phone)
    rules = phone.post(phone.come(), do="go")
    assert rules.title.startswith("Visitor rules")
    online = phone.post(rules, do="agree")
    assert online.title.startswith("You are online") and not is_captive(phone)
    phone.post(online, do="leave")
    assert phone.come().title.startswith("Visitor Wi-Fi")  # used up; the account is like any other
    assert phone.post(phone.show_code(made["voucher"]), do="look").title.startswith("You are online")


def test_a_request_is_found_again_by_its_device_alone(portal, sponsor):
    phone, other = portal.visitor(), portal.visitor()
    code = code_on(ask(phone))
    asked = waiting(portal)[0]
    portal.service.end()
    portal.service.start()
    assert code_on(phone.come()) == code
    assert other.come().title.startswith("Visitor Wi-Fi")
    let_in(sponsor, asked["guest"])
    page = phone.come()
    assert other.post(page, do="go").status == 409  # A20
    assert other.post(other.come(), do="go").title.startswith("Visitor Wi-Fi")
    assert page.title.startswith("You have been let in")


def test_nobody_learns_who_works_here(portal):
    pages = []
    for visits in ("kgreen", "no such person", "akhan"):  # staff, nobody, a pupil
        phone = portal.visitor()
        page = ask(phone, visits=visits)
        text = re.sub('value="[^"]*"', "", page.text).replace(visits, "").replace(code_on(page), "")
        pages.append((page.status, re.sub(r"\d\d:\d\d", "", text)))
    assert len(set(pages)) == 1
    hosts = [guest["host"] for guest in waiting(portal)[:3]]
    assert hosts[:2] == [None, None] and hosts[2]["login"] == "kgreen"


def test_who_is_refused_reads_that_and_may_ask_again_a_few_times(portal, sponsor):
    phone = portal.visitor()
    for _ in range(3):
        assert ask(phone).title.startswith("Waiting")
        guest = waiting(portal)[0]["guest"]
        sponsor.do(f"/v1/guests/{guest}/steps", {"step": "reject", "reason": "not expected"})
        page = phone.come()
        assert page.title.startswith("You were not let in") and "not expected" not in page.text
    assert ask(phone).status == 429
    assert len(waiting(portal)) < 10


def test_a_form_keeps_what_was_typed(portal):
    page = ask(portal.visitor(), why="", name="Dr <b>Okafor")
    assert page.status == 400 and 'value="Dr &lt;b&gt;Okafor"' in page.text


def test_the_page_stops_looking_by_itself_where_asked(portal):
    phone = portal.visitor()
    page = ask(phone)
    still = phone.post(page, do="still")
    assert "Refresh" not in still.headers and code_on(still) == code_on(page)
    assert "Refresh" in phone.post(still, do="look").headers
    assert phone.post(still, do="typed").title.startswith("Visitor Wi-Fi")


def test_a_guest_asks_to_stay_longer_and_reads_the_answer(portal):
    phone, guest = portal.visitor(), portal.guest()
    size = portal.service.size() + 1
    online = phone.go_online(guest["voucher"])
    said = json.loads(phone.captivity().text)
    assert said["can-extend-session"] is True
    before = said["seconds-remaining"]
    page = phone.post(online, do="longer", by="1h")
    assert "You asked to stay until" in page.text
    said = json.loads(phone.captivity().text)
    assert said["can-extend-session"] is False and said["seconds-remaining"] <= before
    record = json.loads(portal.admin.read(f"/v1/receipts/{size}")["record"])
    assert record["type"] == "guest.longer" and record["what"] == "ask" and "by" not in record
    [seen] = portal.admin.read("/v1/guests", find=guest["account"])["guests"]
    assert seen["asks_until"] > seen["until"]
    portal.admin.do(f"/v1/guests/{guest['account']}/steps", {"step": "extend", "by": "1h"})
    assert json.loads(phone.captivity().text)["seconds-remaining"] > before + 3000
    assert "You asked to stay" not in phone.come().text
    phone.post(phone.come(), do="longer", by="30m")
    portal.admin.do(f"/v1/guests/{guest['account']}/steps", {"step": "refuse-longer"})
    assert "The answer was no" in phone.come().text
    assert json.loads(phone.captivity().text)["can-extend-session"] is False


def test_nobody_asks_for_more_than_the_kind_leaves(portal):
    phone, guest = portal.visitor(), portal.guest()
    online = phone.go_online(guest["voucher"])
    for by in ("5h", "400d", "-1h", "", "x"):
        assert "You asked to stay" not in phone.post(online, do="longer", by=by).text
    other = portal.visitor()
    other.go_online(portal.guest()["voucher"])
    assert other.post(online, do="longer", by="1h").status == 409
