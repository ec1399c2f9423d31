"""The portal in a real browser: the whole way by keyboard, without JavaScript, narrow, with large text
and in the dark, every page judged by axe (WCAG 2.2 AA)."""

import re

import pytest

from http_client import Client
from phone import Phone
from portal_fixture import HOST, PORTAL
from service_fixture import CONTENT

SCREENS = {"phone": {}, "narrow": {"width": 320, "height": 568},
           "large text": {"width": 320, "fontSize": 32}, "dark": {"dark": True},
           "desk": {"width": 1280, "height": 800}}


def url(portal):
    # Each test's browser is the same address: whoever is online there logs out first.
    return f"http://127.0.0.1:{portal.service.port}{PORTAL}"


def start(phone, portal):
    phone.goto(url=url(portal))
    if phone.count(selector="button[value=leave]"):
        phone.submit(selector="button[value=leave]")
        phone.goto(url=url(portal))
    if phone.count(selector="button[value=typed]"):  # it asked to be let in before
        phone.submit(selector="button[value=typed]")


def rules_as_published():
    """Title, headings and rules of the visitors' policy, as people read them."""
    text = (CONTENT / "visitor/1/en-GB.std.md").read_text()
    lines = (re.sub(r"^(#+ |- \[[^]]*\] |> \[[^]]*\] )", "", line) for line in text.splitlines())
    return [word for line in lines if line for word in line.split()]


@pytest.mark.parametrize("options", SCREENS.values(), ids=SCREENS)
def test_every_page_is_for_everybody(portal, options):
    guest = portal.guest()
    with Phone(**options) as phone:
        start(phone, portal)
        phone.check_page()
        phone.fill(selector="#code", text="7K4M-2PXQ-93TX")
        assert phone.submit(selector="button[value=code]") == 403
        phone.check_page()
        phone.fill(selector="#code", text=guest["voucher"])
        assert phone.submit(selector="button[value=code]") == 200
        phone.check_page()
        phone.submit(selector="button[value=decline]")
        phone.check_page()
        phone.goto(url=url(portal))
        phone.fill(selector="#code", text=guest["voucher"])
        phone.submit(selector="button[value=code]")
        phone.submit(selector="button[value=agree]")
        assert "You are online" in phone.title()
        phone.check_page()
        phone.submit(selector="button[value=leave]")
        phone.check_page()
        phone.check_traffic(f"127.0.0.1:{portal.service.port}")


def test_the_whole_way_by_keyboard_without_javascript(portal):
    guest = portal.guest()
    with Phone(javaScript=False) as phone:
        start(phone, portal)
        phone.press(key="Tab")
        assert "Skip to the main part" in phone.focused()
        phone.tab_to("code")
        phone.type(text=guest["voucher"].lower().replace("-", " "))
        assert phone.submit(key="Enter") == 200
        phone.tab_to("agree")
        assert phone.submit(key="Enter") == 200
        assert "You are online" in phone.title()
        phone.tab_to("leave")
        phone.submit(key="Enter")
        assert "logged out" in phone.title()


def test_the_page_has_the_words_of_the_rules_in_their_order(portal):
    with Phone() as phone:
        start(phone, portal)
        phone.fill(selector="#code", text=portal.guest()["voucher"])
        phone.submit(selector="button[value=code]")
        shown = phone.text(selector="#rules").split()
    wanted = rules_as_published()
    assert sorted(shown) == sorted(wanted)  # no word more, none less
    # The document's order: title, rules with their headings, then help and question.
    text = (CONTENT / "visitor/1/en-GB.std.md").read_text()
    rules = re.findall(r"(?m)^(?:# |## |- \[[^]]*\] )(.*)", text)
    joined = " ".join(shown)
    places = [joined.index(" ".join(rule.split())) for rule in rules]
    assert places == sorted(places)


def test_a_passphrase_can_be_pasted_and_is_neither_changed_nor_kept(portal):
    guest = portal.guest()
    with Phone() as phone:
        start(phone, portal)
        phone.fill(selector="#account", text=guest["account"])
        phone.paste(selector="#passphrase", text=guest["passphrase"])
        for name, wanted in {"autocapitalize": "off", "autocorrect": "off",
                             "spellcheck": "false"}.items():
            assert phone.attribute(selector="#passphrase", name=name) == wanted
        assert phone.submit(selector="button[value=account]") == 200
        assert "Visitor rules" in phone.title()
        assert guest["passphrase"] not in phone.url() + phone.html()


def test_the_language_is_chosen_on_the_page(portal):
    with Phone(locale="cy-GB") as phone:
        start(phone, portal)
        assert "Wi-Fi ymwelwyr" in phone.title()
        phone.submit(selector="a[hreflang=en]")
        assert "Visitor Wi-Fi" in phone.title()
        phone.fill(selector="#code", text=portal.guest()["voucher"])
        phone.submit(selector="button[value=code]")
        assert "Visitor rules" in phone.title()  # what was chosen lasts
        phone.submit(selector="button[value=cy]")
        assert "Rheolau" in phone.title()
        phone.check_page()


def test_the_dark_look_is_dark(portal):
    with Phone(dark=True) as phone:
        start(phone, portal)
        background, text = phone.colours()
        assert max(map(int, re.findall(r"\d+", background)[:3])) < 60
        assert min(map(int, re.findall(r"\d+", text)[:3])) > 200


@pytest.mark.parametrize("options", [{"width": 320, "fontSize": 32}, {"dark": True}],
                         ids=["large text", "dark"])
def test_asking_for_access_is_for_everybody(portal, options):
    with Phone(**options) as phone:
        start(phone, portal)
        phone.submit(selector="button[value=ask]")
        phone.check_page()
        assert phone.submit(selector="button[value=visitor]") == 400
        phone.check_page()
        for name, text in {"name": "Mx B. Walker", "visits": HOST, "why": "interview"}.items():
            phone.fill(selector=f"#{name}", text=text)
        phone.submit(selector="button[value=visitor]")
        assert "Waiting to be let in" in phone.title()
        phone.submit(selector="button[value=still]")
        phone.check_page()
        [asked] = portal.admin.read("/v1/guests", state="requested")["guests"]
        assert asked["code"] in phone.text(selector="main")
        step = {"step": "reject", "reason": "a test"}
        portal.admin.do(f"/v1/guests/{asked['guest']}/steps", step)
        phone.submit(selector="button[value=still]")
        assert "You were not let in" in phone.title()
        phone.check_page()


def test_asking_and_going_online_by_keyboard_without_javascript(portal):
    made = portal.admin.do("/v1/tokens", {"for": "jpatel", "scope": "staff"})
    sponsor = Client(portal.service, made["bearer"], "kingsmead")
    with Phone(javaScript=False) as phone:
        start(phone, portal)
        phone.tab_to("ask")
        phone.submit(key="Enter")
        phone.tab_to("name")
        phone.type(text="Mx B. Walker")
        phone.press(key="Tab")
        phone.type(text=HOST)
        phone.press(key="Tab")
        phone.type(text="interview")
        assert phone.submit(key="Enter") == 200
        [asked] = portal.admin.read("/v1/guests", state="requested")["guests"]
        assert asked["code"] in phone.text(selector="main")
        for path, body in (("steps", {"step": "approve"}), ("issue", {})):
            sponsor.do(f"/v1/guests/{asked['guest']}/{path}", body)
        phone.wait_for_title(part="You have been let in")  # nobody touches it
        phone.tab_to("go")
        phone.submit(key="Enter")
        phone.tab_to("agree")
        phone.submit(key="Enter")
        assert "You are online" in phone.title()
        phone.tab_to("1h")
        phone.submit(key="Enter")
        assert "You asked to stay until" in phone.text(selector="main")
        phone.tab_to("leave")
        phone.submit(key="Enter")
