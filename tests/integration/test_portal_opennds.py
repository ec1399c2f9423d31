"""Visitors behind a real openNDS gateway: sent to the portal, let on for their time, and cut with what
they have open, at the end and at once. Issue 4, point 4."""

import json
import re
import time

import pytest

from opennds_fixture import INTERNET, OTHER_WEB_PORT
from phone import Phone
from service_fixture import wait_for

CUT_WITHIN = 15  # the service's round and the gateway's, and what a network may add
WEB = f"http://{INTERNET}/"
ELSEWHERE = f"http://{INTERNET}:{OTHER_WEB_PORT}/"  # a browser keeps its line to the gateway at WEB


class Curled:
    """A device that opens the portal with curl."""

    def __init__(self, world, device):
        self.world, self.device = world, device
        self.page, self.url = device.curl("-L", WEB)

    def post(self, **fields):
        state = re.search('name="state" value="([^"]*)"', self.page)[1]
        words = [word for name, value in {"state": state, **fields}.items()
                 for word in ("--data-urlencode", f"{name}={value}")]
        self.page, _ = self.device.curl(*words, f"https://{self.world.host}/portal/kingsmead")

    def captive(self):
        body, _ = self.device.curl("-H", "Accept: application/captive+json",
                                   f"https://{self.world.host}/capport/v1/kingsmead")
        return json.loads(body)

    def is_online(self):
        return self.device.curl(WEB)[0] == "the internet"


def go_online(world, device, guest):
    visitor = Curled(world, device)
    visitor.post(do="code", code=guest["voucher"])
    if "agree" in visitor.page:
        visitor.post(do="agree")
    return visitor


def sessions(world, guest):
    return world.service.admins["kingsmead"].get(f"/v1/guests/{guest['guest']}").json()["sessions"]


@pytest.fixture(scope="module")
def until_the_end(opennds):
    """A visitor for two minutes, with a connection of each kind: the others' tests take as long."""
    device = opennds.gateway.devices["phone"]
    guest = opennds.portal.guest(**{"for": "2m"})
    end = time.time() + 120
    with Phone(before=device.command(), ignoreHTTPSErrors=True) as phone:
        seen = []
        phone.goto(url=f"https://{opennds.host}/portal/kingsmead")  # as a slip says
        wait_for("the gateway's page", lambda: "fas=" in phone.url())
        seen.append((phone.url(), phone.title(), phone.text()))
        phone.fill(selector="#code", text=guest["voucher"])
        phone.submit(selector="button[value=code]")
        phone.submit(selector="button[value=agree]")
        seen.append((phone.url(), phone.title(), phone.text()))
        wait_for("the page to say so by itself", lambda: phone.title().startswith("You are online"),
                 40)
        phone.goto(url=ELSEWHERE)
        seen.append((phone.url(), phone.title(), phone.text()))
    return guest, end, seen, device.flows()


def test_a_visitor_is_sent_to_the_portal_and_let_on(opennds, until_the_end):
    _, _, (first, asked, online), flows = until_the_end
    assert first[0].startswith(f"https://{opennds.host}/portal/kingsmead/hall?fas=")
    assert first[1].startswith("Visitor Wi-Fi") and "02-00-00-00-00-21" in first[2]
    assert asked[1].startswith("Your device is being connected") and "ten seconds" in asked[2]
    assert online[2] == "the internet"
    for flow in flows:
        wait_for("an answer", lambda flow=flow: flow.last)


def test_the_desk_sees_who_is_on(opennds, until_the_end):
    (stay,) = sessions(opennds, until_the_end[0])
    assert stay["device"] == "02-00-00-00-00-21" and stay["nas"] == "hall"


def test_who_is_not_let_on_reaches_nothing_but_the_portal(opennds):
    visitor = Curled(opennds, opennds.gateway.devices["tablet"])
    assert "/portal/kingsmead/hall" in visitor.url and not visitor.is_online()
    assert visitor.captive()["captive"]


def test_a_page_is_no_good_on_another_device(opennds, until_the_end):
    """A20: somebody begins, and has a visitor finish it."""
    tablet, phone = (opennds.gateway.devices[name] for name in ("tablet", "phone"))
    theirs = Curled(opennds, tablet)
    page, _ = phone.curl(theirs.url)
    assert "did not come from our Wi-Fi" in page and 'name="code"' not in page
    assert "was opened from" in opennds.service.log.read_text()


def test_only_the_gateway_hears_whom_to_let_on(opennds):
    asks = ("-d", "auth_get=view&gatewayhash=0&payload=bm9uZQ==",
            f"https://{opennds.host}/portal/kingsmead/hall")
    answer, _ = opennds.gateway.devices["tablet"].curl(*asks)
    assert json.loads(answer)["status"] == 403


def test_a_visitor_is_cut_with_what_they_have_open_when_revoked(opennds):
    guest = opennds.portal.guest()
    visitor = go_online(opennds, opennds.gateway.devices["tablet"], guest)
    assert visitor.captive()["captive"]  # the gateway takes its time
    wait_for("the gateway", visitor.is_online, 40)
    wait_for("the gateway's word", lambda: not visitor.captive()["captive"])
    flows = opennds.gateway.devices["tablet"].flows()
    for flow in flows:
        wait_for("an answer", lambda flow=flow: flow.last)
    opennds.service.admins["kingsmead"].do(f"/v1/guests/{guest['guest']}/steps",
                                           {"step": "revoke", "reason": "left early"})
    revoked = time.time()
    for flow in flows:
        wait_for("the cut", flow.has_ended, 30)
        assert flow.last < revoked + CUT_WITHIN
    assert not visitor.is_online()
    wait_for("the book", lambda: sessions(opennds, guest)[0].get("ended"))
    assert sessions(opennds, guest)[0]["cause"] == "revoked"


def test_a_visitor_is_cut_with_what_they_have_open_at_the_end(opennds, until_the_end):
    guest, end, _, flows = until_the_end
    for flow in flows:
        wait_for("the end", flow.has_ended, 120)
        assert end - 90 < flow.last < end
    wait_for("the book", lambda: sessions(opennds, guest)[0].get("ended"))
