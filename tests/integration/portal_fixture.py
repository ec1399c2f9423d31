"""Kingsmead with guests, and their portal as a phone speaks to it: plain HTTP from an address of its
own (every 127.x.y.z is one), forms as a browser sends them."""

import html
import http.client
import re
import urllib.parse

import pytest

from service_fixture import run_service

PORTAL = "/portal/kingsmead"
HOST = "kgreen"  # a member of staff of the sample roster


def all_day(_, toml):
    """Visitors whatever the hour at which the tests run."""
    return re.sub(r"(?m)^hours .*\n", "", toml)


def with_own_words(toml):
    """Visitors may choose words of their own."""
    return toml.replace("[guest.visitor]\n", "[guest.visitor]\nown_words = true\n")


class PortalWorld:
    def __init__(self, service):
        self.service = service
        self.admin = service.admins["kingsmead"]
        self.host = self.admin.read(f"/v1/people/{HOST}")["name"]
        self._address = 1

    def guest(self, **wish):
        """Somebody issued for today: account, passphrase and voucher."""
        order = {"kind": "visitor", "name": "Dr A. Okafor", "host": HOST, "why": "science week",
                 "for": "2h", **wish}
        return self.admin.do("/v1/guests", order)["guests"][0]

    def visitor(self):
        """A phone at an address that no other test has."""
        self._address += 1
        return Visitor(self.service, f"127.8.0.{self._address}")


class Page:
    def __init__(self, reply):
        self.status, self.headers = reply.status, dict(reply.getheaders())
        self.text = reply.read().decode()

    @property
    def title(self):
        return html.unescape(re.search("<title>(.*?)</title>", self.text)[1])

    @property
    def state(self):
        return re.search('name="state" value="([^"]*)"', self.text)[1]


class Visitor:
    def __init__(self, service, address):
        self.service, self.address = service, address

    def ask(self, method, path, body=None, **headers):
        line = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=20,
                                          source_address=(self.address, 0))
        try:
            line.request(method, path, body, headers)
            return Page(line.getresponse())
        finally:
            line.close()

    def come(self, **headers):
        return self.ask("GET", PORTAL, **headers)

    def post(self, page, **fields):
        """The form of `page` (a Page, or a state) with these fields."""
        state = page.state if isinstance(page, Page) else page
        return self.send_form(PORTAL, {"state": state, **fields})

    def send_form(self, path, fields, **headers):
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urllib.parse.urlencode(fields), **kind, **headers)

    def show_code(self, voucher):
        return self.post(self.come(), do="code", code=voucher)

    def go_online(self, voucher):
        page = self.show_code(voucher)
        return self.post(page, do="agree") if "rules" in page.title else page

    def captivity(self):
        return self.ask("GET", "/capport/v1/kingsmead", Accept="application/captive+json")


def run_portal(folder, edit=all_day):
    for service in run_service(folder, schools=("kingsmead",), edit=edit):
        yield PortalWorld(service.fill())


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    yield from run_portal(tmp_path_factory.mktemp("portal"))


@pytest.fixture
def own_portal(tmp_path):
    """For one test that publishes."""
    yield from run_portal(tmp_path)
