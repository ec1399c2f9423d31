"""Guests who choose words of their own: on the portal, and then on the Wi-Fi (issue 4, point 2)."""

import collections
import concurrent.futures
import json

import pytest

from phone import Phone
from portal_fixture import Visitor, all_day, run_portal, with_own_words
from radius_fixture import Wifi
from test_portal_pages import start

OWN, OTHER = "my cat is called Tom", "my cat is called Tim"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    yield from run_portal(tmp_path_factory.mktemp("portal"),
                          lambda name, toml: with_own_words(all_day(name, toml)))


class WordyWifi(Wifi):
    def _edit(self, name, toml):
        wordy = with_own_words(super()._edit(name, toml))
        return wordy.replace("[guest.visitor]\n", "[guest.visitor]\ndevices = 20\n")

    def chooser(self, address):
        """A guest, after they chose."""
        guest = self.guest()
        choose(Visitor(self.service, address), guest)
        return guest | {"passphrase": OWN}


@pytest.fixture(scope="module")
def wifi(tmp_path_factory):
    wifi = WordyWifi(tmp_path_factory.mktemp("wifi"))
    try:
        yield wifi.start()
    finally:
        wifi.end()


def choose(phone, guest, words=OWN, again=None):
    page = phone.post(phone.go_online(guest["voucher"]), do="words")
    assert page.title.startswith("Words of your own"), page.text
    return phone.post(page, do="choose", words=words, again=words if again is None else again)


def enter(phone, account, words):
    return phone.post(phone.come(), do="account", account=account, passphrase=words)


def test_chosen_words_let_in_and_the_four_words_no_more(portal):
    phone, guest = portal.visitor(), portal.guest()
    page = choose(phone, guest)
    assert page.status == 200 and page.title.startswith("You are online")
    assert "You have words of your own" in page.text and OWN not in page.text
    tablet = portal.visitor()
    assert enter(tablet, guest["account"], guest["passphrase"]).status == 403
    assert enter(tablet, guest["account"], OTHER).status == 403
    assert enter(tablet, guest["account"], f" {OWN} ").title.startswith("You are online")


def test_a_record_says_that_they_chose(portal):
    phone, guest = portal.visitor(), portal.guest()
    page = phone.post(phone.go_online(guest["voucher"]), do="words")
    size = portal.service.size()
    phone.post(page, do="choose", words=OWN, again=OWN)
    assert portal.service.size() == size + 1
    text = portal.admin.read(f"/v1/receipts/{size}")["record"]
    record = json.loads(text)
    assert record["type"] == "guest.words" and "by" not in record
    assert record["guest"]["account"] == guest["account"] and "Tom" not in text


@pytest.mark.parametrize("words, again, said", [
    ("tiny dog", "tiny dog", "too short"), ("a" * 65, "a" * 65, "too long"),
    ("password1234", "password1234", "easy to guess"), (OWN, OTHER, "not the same")])
def test_what_is_wrong_is_said(portal, words, again, said):
    page = choose(portal.visitor(), portal.guest(), words, again)
    assert page.status == 400 and said in page.text and words not in page.text


def test_new_words_at_the_desk_end_them(portal):
    phone, guest = portal.visitor(), portal.guest()
    choose(phone, guest)
    made = portal.admin.do(f"/v1/guests/{guest['account']}/secret", {})
    tablet = portal.visitor()
    assert enter(tablet, guest["account"], OWN).status == 403
    assert enter(tablet, guest["account"], made["passphrase"]).title.startswith("You are online")


def test_whoever_only_has_the_address_is_asked_for_the_code(portal):
    phone, guest = portal.visitor(), portal.guest()
    phone.go_online(guest["voucher"])
    page = phone.post(phone.come(), do="words")
    assert "show your code once more" in page.text
    page = phone.post(phone.post(page, do="code", code=guest["voucher"]), do="words")
    assert page.title.startswith("Words of your own")


def test_they_are_in_no_file_and_no_log(portal):
    phone, guest = portal.visitor(), portal.guest()
    words = "the quick brown fox naps at noon"
    choose(phone, guest, words)
    enter(portal.visitor(), guest["account"], words)
    files = [path for path in portal.service.folder.rglob("*") if path.is_file()]
    assert any(b"$argon2id$v=19$m=19456,t=2,p=1$" in path.read_bytes() for path in files)
    for path in files:
        assert words.encode() not in path.read_bytes(), path
    last = portal.admin.read("/v1/guests", state="issued")
    assert words not in str(last) and "argon2" not in str(last)


@pytest.mark.parametrize("options", [{}, {"width": 320, "fontSize": 32}, {"dark": True}],
                         ids=["phone", "large text", "dark"])
def test_choosing_is_for_everybody(portal, options):
    guest = portal.guest()
    with Phone(**options) as phone:
        start(phone, portal)
        phone.fill(selector="#code", text=guest["voucher"])
        phone.submit(selector="button[value=code]")
        phone.submit(selector="button[value=agree]")
        phone.check_page()
        phone.submit(selector="button[value=words]")
        phone.check_page()
        for name in ("words", "again"):
            assert phone.attribute(selector=f"#{name}", name="autocomplete") == "new-password"
            phone.paste(selector=f"#{name}", text=OWN if name == "words" else OTHER)
        assert phone.submit(selector="button[value=choose]") == 400
        phone.check_page()
        for name in ("words", "again"):
            phone.paste(selector=f"#{name}", text=OWN)
        assert phone.submit(selector="button[value=choose]") == 200
        assert "You have words of your own" in phone.text(selector="main")
        assert OWN not in phone.url() + phone.html()
        phone.check_page()
        phone.check_traffic(f"127.0.0.1:{portal.service.port}")
        phone.submit(selector="button[value=leave]")


def test_choosing_by_keyboard_without_javascript_in_welsh(portal):
    guest = portal.guest()
    with Phone(javaScript=False, locale="cy-GB") as phone:
        start(phone, portal)
        phone.fill(selector="#code", text=guest["voucher"])
        phone.submit(selector="button[value=code]")
        phone.submit(selector="button[value=agree]")
        phone.tab_to("words")
        assert phone.submit(key="Enter") == 200
        for name in ("words", "again"):
            phone.tab_to(name)
            phone.type(text=OWN)
        assert phone.submit(key="Enter") == 200
        assert "eich geiriau eich hun" in phone.text(selector="main")
        phone.submit(selector="button[value=leave]")


@pytest.mark.parametrize("method, inside", [("TTLS", "PAP"), ("PEAP", "GTC")])
def test_a_phone_gets_in_by_them_under_tls(wifi, method, inside):
    guest = wifi.chooser("127.8.9.1")
    said = wifi.radius.eapol(method, inside, guest["account"], OWN)
    assert said.endswith("SUCCESS\n"), said[-2000:]
    assert wifi.radius.eapol(method, inside, guest["account"], OTHER).endswith("FAILURE\n")


def test_everybody_who_stays_out_hears_the_same_over_radius(wifi):
    own, gone = wifi.chooser("127.8.9.2"), wifi.chooser("127.8.9.3")
    assert wifi.enter(own).kind == "Access-Accept"
    wifi.step(gone, "revoke")
    heard = [wifi.enter(gone), wifi.radius.ask("v-nobody-000", OWN),
             wifi.radius.ask(own["account"], OTHER)]
    assert {(each.kind, tuple(each.attributes.items())) for each in heard} == {
        (heard[0].kind, tuple(heard[0].attributes.items()))}
    assert heard[0].kind == "Access-Reject"


def ask_patiently(wifi, guest, number):
    """What a phone hears that tries again while it hears nothing."""
    device = f"02-00-00-00-{number // 256:02X}-{number % 256:02X}"
    heard = (wifi.radius.ask(guest["account"], OWN, device=device).kind for _ in range(10))
    return next((kind for kind in heard if kind), "silence")


def test_a_class_that_comes_in_at_once_is_told_of_no_wrong_passphrase(wifi):
    """150 logins with 32 on their way: each costs a hash, and none is called wrong."""
    guests = [wifi.guest() for _ in range(15)]
    for number, guest in enumerate(guests):
        choose(Visitor(wifi.service, f"127.8.10.{number + 1}"), guest)
    wifi.service.end()  # so that nothing is remembered
    wifi.service.start()
    with concurrent.futures.ThreadPoolExecutor(32) as phones:
        kinds = list(phones.map(lambda n: ask_patiently(wifi, guests[n % 15], n + 1), range(150)))
    assert collections.Counter(kinds) == {"Access-Accept": 150}
