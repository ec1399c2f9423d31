"""Signing one's own rules on any device: a real browser signs in at a real OpenID provider through the
edge, reads what it owes and signs it (docs/signing.md; requirements R7, R8)."""

import base64
import re

import pytest

from phone import Phone
from receipts import verified
from service_fixture import World
from signin_fixture import served_at_edge, sign_in_page

SIGN = "/sign/kingsmead"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    yield from served_at_edge(tmp_path_factory.mktemp("signing"))


@pytest.fixture(scope="module")
def people(site):
    return World(site.service)


def browser(**options):
    return Phone(ignoreHTTPSErrors=True, **options)


def sign_in(phone, site, who):
    sign_in_page(phone, site.url + SIGN, who)


@pytest.mark.parametrize("options", [{"javaScript": False}, {"dark": True}], ids=["no script", "dark"])
def test_a_pupil_signs_on_their_own_device_and_the_login_asks_no_more(site, people, options):
    who = people.pupil()
    owed = people.devices["kingsmead"].check(who)
    assert owed["verdict"] == "ask"
    with browser(**options) as phone:
        sign_in(phone, site, who)
        if "dark" in options:
            phone.check_page()
        assert phone.count(selector="article#rules") == 1
        assert phone.submit(selector="button[value=yes]") == 200
        if "dark" in options:
            phone.check_page()
        said = phone.text(selector="main")
        receipt = re.search(r"Receipt number[^\d]*(\d+)", said)[1]
        phone.submit(selector="main a[role=button]")
        assert receipt in phone.text(selector="table")
        if "dark" in options:
            phone.check_page()
    assert people.devices["kingsmead"].check(who)["verdict"] == "clear"
    key = site.service.open().get("/v1/ledger/key").body.decode()
    record = verified(key, site.service.admins["kingsmead"].read(f"/v1/receipts/{receipt}"))
    assert (record["channel"], record["proof"]) == ("browser", "self")
    at_login = base64.b64decode(owed["presentation"]["hash"]).hex()
    assert record["shown"]["hash"] == "sha256:" + at_login


def test_the_whole_flow_works_by_keyboard_alone(site, people):
    with browser(javaScript=False) as phone:
        sign_in(phone, site, people.pupil())
        phone.tab_to("help")
        assert phone.submit(key="Enter") == 200
        assert "somebody will get in touch" in phone.text(selector="main")


def test_signing_out_ends_it_on_a_shared_device(site, people):
    with browser() as phone:
        sign_in(phone, site, people.pupil())
        phone.submit(selector="footer button")
        assert "signed out" in phone.text(selector="main")
        assert phone.goto(url=site.url + SIGN) == 401

