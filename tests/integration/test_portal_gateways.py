"""Visitors behind UniFi and Meraki, over stand-ins for both: who is let on, for how long, and who is
not (issue 4, point 4)."""

import html
import json
import re
import signal

import pytest

from certificates import Authority
from gateway_stand_ins import SITE, Meraki, UniFi
from portal_fixture import PORTAL, PortalWorld, Visitor, all_day
from service_fixture import Service, wait_for

GATEWAYS = """
[[gateway]]
name        = "unifi"
kind        = "unifi"
secret_file = "unifi.key"
url         = "{unifi.url}"
ca_file     = "{ca}"
site        = "{site}"
clients     = "127.8.1.0/24"

[[gateway]]
name        = "strange"
kind        = "unifi"
secret_file = "unifi.key"
url         = "{unifi.url}"
ca_file     = "{strange}"
site        = "{site}"
clients     = "127.8.1.0/24"

[[gateway]]
name    = "meraki"
kind    = "meraki"
clients = ["127.8.1.0/24"]
"""


class Gateways(PortalWorld):
    """The portal of a school that has one of each."""

    def __init__(self, folder):
        authority, strange = Authority(folder), Authority(folder, "Another CA")
        self.unifi, self.meraki, self._macs = UniFi(authority, "the-api-key"), Meraki(), 0
        table = GATEWAYS.format(unifi=self.unifi, ca=authority.file, strange=strange.file, site=SITE)
        key = folder / "unifi.key"
        key.write_text("the-api-key\n")
        key.chmod(0o600)
        self.own = Service(folder, schools=("kingsmead",),
                           edit=lambda name, toml: all_day(name, toml) + table)

    def start(self):
        super().__init__(self.own.start().fill())
        return self

    def end(self):
        self.own.end(signal.SIGKILL)
        self.unifi.end()

    def device(self):
        """A visitor, and a hardware address that no other test has."""
        self._macs += 1
        return self.visitor(), f"02:00:00:00:01:{self._macs:02x}"

    def sessions(self, guest):
        return self.admin.get(f"/v1/guests/{guest['guest']}").json()["sessions"]

    def revoke(self, guest):
        self.admin.do(f"/v1/guests/{guest['guest']}/steps", {"step": "revoke", "reason": "a test"})


@pytest.fixture(scope="module")
def gateways(tmp_path_factory):
    world = Gateways(tmp_path_factory.mktemp("gateways"))
    try:
        yield world.start()
    finally:
        world.end()


@pytest.fixture
def own_gateways(tmp_path):
    """For one test that stops the service."""
    world = Gateways(tmp_path)
    try:
        yield world.start()
    finally:
        world.end()


def arrive(visitor, gateway, query):
    return visitor.ask("GET", f"{PORTAL}/{gateway}?{query}")


def finish(visitor, page, guest):
    page = visitor.post(page, do="code", code=guest["voucher"])
    return visitor.post(page, do="agree") if "rules" in page.title else page


def captive(visitor):
    return json.loads(visitor.captivity().text)["captive"]


def test_unifi_lets_on_the_device_that_its_controller_redirected(gateways):
    visitor, mac = gateways.device()
    first = arrive(visitor, "unifi", gateways.unifi.join(mac, visitor.address))
    assert first.status == 200 and mac.replace(":", "-") in first.text
    guest = gateways.guest(**{"for": "2h"})
    assert gateways.unifi.minutes(mac) is None and captive(visitor)
    online = finish(visitor, first, guest)
    assert online.title.startswith("You are online")
    assert gateways.unifi.minutes(mac) == 119  # two hours, a moment ago
    assert not captive(visitor)
    (stay,) = gateways.sessions(guest)
    assert (stay["nas"], stay["device"]) == ("unifi", mac.replace(":", "-"))


@pytest.mark.parametrize("how", ["revoked", "user-request"])
def test_unifi_cuts_who_is_revoked_or_logs_out(gateways, how):
    visitor, mac = gateways.device()
    guest = gateways.guest()
    query = gateways.unifi.join(mac, visitor.address)
    online = finish(visitor, arrive(visitor, "unifi", query), guest)
    assert gateways.unifi.minutes(mac)
    gateways.revoke(guest) if how == "revoked" else visitor.post(online, do="leave")
    wait_for("the cut", lambda: gateways.unifi.minutes(mac) is None)
    wait_for("the book", lambda: gateways.sessions(guest)[0]["cause"] == how)


def test_unifi_cuts_who_is_away_when_they_come_back(gateways):
    visitor, mac = gateways.device()
    guest = gateways.guest()
    query = gateways.unifi.join(mac, visitor.address)
    finish(visitor, arrive(visitor, "unifi", query), guest)
    gateways.unifi.leave(mac)
    gateways.revoke(guest)
    before = len(gateways.unifi.asked)
    wait_for("a question", lambda: len(gateways.unifi.asked) > before)
    assert not gateways.sessions(guest)[0]["ended"]
    gateways.unifi.join(mac, visitor.address)
    wait_for("the cut", lambda: gateways.sessions(guest)[0]["cause"] == "revoked")
    assert gateways.unifi.minutes(mac) is None


def test_unifi_is_asked_whose_device_it_is(gateways):
    """A20: anybody can write an address with somebody else's device in it."""
    pupil, mac = gateways.device()
    visitor, _ = gateways.device()
    theirs = gateways.unifi.join(mac, pupil.address)
    guest = gateways.guest()
    page = finish(visitor, arrive(visitor, "unifi", theirs), guest)
    assert page.title.startswith("Error") or page.status == 403
    assert gateways.unifi.minutes(mac) is None
    assert gateways.sessions(guest)[0]["cause"] == "not-let-on"


def test_a_controller_of_another_authority_is_told_nothing(gateways):
    visitor, mac = gateways.device()
    query = gateways.unifi.join(mac, visitor.address)
    before = len(gateways.unifi.asked)
    page = finish(visitor, arrive(visitor, "strange", query), gateways.guest())
    assert page.status == 503 and "Retry-After" in page.headers
    assert len(gateways.unifi.asked) == before and captive(visitor)
    assert "strange let nobody on" in gateways.own.log.read_text()


def ask_to_be_let_in(visitor, page):
    """The request is the newest that waits."""
    form = visitor.post(page, do="ask")
    return visitor.post(form, do="request", kind="visitor", name="Mx B. Walker", visits="kgreen",
                        why="interview")


def let_in_newest(world):
    """At the desk. Gives the guest."""
    guest = world.admin.read("/v1/guests", state="requested")["guests"][0]
    path = f"/v1/guests/{guest['guest']}"
    world.admin.do(path + "/steps", {"step": "approve"})
    return world.admin.do(path + "/issue", {})


@pytest.mark.parametrize("is_restarted", [False, True])
def test_who_waits_for_a_sponsor_is_let_on_at_their_gateway_after_a_restart_too(
        own_gateways, is_restarted):
    """What the gateway calls a device is in memory alone: after a restart it is brought here once more."""
    _, mac = own_gateways.device()
    visitor = Visitor(own_gateways.own, "127.8.1.7")  # one of the gateway's own
    query = own_gateways.unifi.join(mac, visitor.address)
    page = ask_to_be_let_in(visitor, arrive(visitor, "unifi", query))
    assert page.title.startswith("Waiting to be let in")
    if is_restarted:
        own_gateways.own.end()
        own_gateways.own.start()
        assert visitor.come().title.startswith("Waiting to be let in")
    guest = let_in_newest(own_gateways)
    page = visitor.come()
    if is_restarted:
        assert "http://192.0.2.1/" in page.text and "Your device is taken to" in page.text
        page = arrive(visitor, "unifi", query)
    assert page.title.startswith("You have been let in")
    rules = visitor.post(page, do="go")
    assert rules.title.startswith("Visitor rules") and own_gateways.unifi.minutes(mac) is None
    assert visitor.post(rules, do="agree").title.startswith("You are online")
    assert own_gateways.unifi.minutes(mac) and not captive(visitor)
    assert own_gateways.sessions(guest)[0]["nas"] == "unifi"


def test_meraki_is_told_the_seconds_by_the_browser_itself(gateways):
    visitor, mac = gateways.device()
    first = arrive(visitor, "meraki", gateways.meraki.brings(mac, visitor.address))
    online = finish(visitor, first, gateways.guest(**{"for": "2h"}))
    (to,) = re.findall(r'http-equiv="refresh" content="1;url=([^"]*)"', online.text)
    (link,) = re.findall(r'<a class="govuk-link" href="([^"]*)"', online.text)
    assert to == link
    back = gateways.meraki.visit(html.unescape(to), visitor.address)
    assert 7100 < gateways.meraki.granted[visitor.address] <= 7200
    assert back == f"https://assent.test{PORTAL}"
    assert visitor.come().title.startswith("You are online") and not captive(visitor)


def test_meraki_sends_nobody_to_a_strangers_address(gateways):
    visitor, mac = gateways.device()
    query = gateways.meraki.brings(mac, visitor.address, "https://evil.test/splash/grant")
    page = arrive(visitor, "meraki", query)
    assert page.status == 400 and "evil" not in page.text and "code" not in page.text.split("<main")[1]
    assert "base_grant_url" in gateways.own.log.read_text()


def test_there_are_only_the_gateways_of_the_school(gateways):
    visitor, _ = gateways.device()
    for path in ("/portal/kingsmead/other", "/portal/carre/unifi", "/portal/nowhere/unifi"):
        assert visitor.ask("GET", path).status == 404
    assert visitor.ask("POST", f"{PORTAL}/unifi", "auth_get=view").status == 404
