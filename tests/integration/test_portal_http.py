"""The portal's pages and RFC 8908 over HTTP, without a browser: who is let on, from where, and what
nobody learns."""

import json
import re

import pytest

from service_fixture import files_of, version_body

CSP = ("default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
       "frame-ancestors 'none'")
WRONG = "We could not let you in with that."


def shape(page):
    """A page but for what is this visit's own."""
    text = re.sub('value="[^"]*"', "", page.text)
    return page.status, re.sub(r"127\.8\.0\.\d+", "", text)


def test_a_visitor_is_online_after_reading_and_agreeing(portal):
    phone, guest, size = portal.visitor(), portal.guest(), portal.service.size()
    rules = phone.show_code(guest["voucher"])
    assert rules.status == 200 and rules.title == "Visitor rules – Kingsmead School"
    assert portal.service.size() == size
    online = phone.post(rules, do="agree")
    assert online.title.startswith("You are online")
    assert portal.host in online.text and "search and news; no social sites" in online.text
    assert f"<dd>{size}</dd>" in online.text  # the receipt
    record = json.loads(portal.admin.read(f"/v1/receipts/{size}")["record"])
    assert record["type"] == "accept" and record["proof"] == "self"
    assert portal.admin.read(f"/v1/guests/{guest['account']}")["sessions"]


def test_an_account_and_passphrase_let_in_as_the_code_does(portal):
    phone, guest = portal.visitor(), portal.guest()
    words = guest["passphrase"].replace("-", " ").title()
    page = phone.post(phone.come(), do="account", account=guest["account"], passphrase=words)
    assert page.title.startswith("Visitor rules")
    assert guest["passphrase"] not in page.text


def test_a_no_is_recorded_and_lets_nobody_on(portal):
    phone, guest, size = portal.visitor(), portal.guest(), portal.service.size()
    page = phone.post(phone.show_code(guest["voucher"]), do="decline")
    assert "does not agree" in page.text or "do not agree" in page.text
    assert "We have noted it" in page.text and portal.service.size() == size + 1
    assert json.loads(phone.captivity().text)["captive"]


def test_a_form_counts_only_from_the_phone_that_it_went_to(portal):
    """A20: a pupil begins on their own phone and has a visitor finish it."""
    pupil, visitor, guest = portal.visitor(), portal.visitor(), portal.guest()
    page = visitor.post(pupil.come(), do="code", code=guest["voucher"])
    assert page.status == 409 and "begun on another device" in page.text
    rules = visitor.show_code(guest["voucher"])
    stolen = pupil.post(rules, do="agree")
    assert stolen.status == 409
    for phone in (pupil, visitor):
        assert json.loads(phone.captivity().text)["captive"]
    assert visitor.post(rules, do="agree").title.startswith("You are online")
    assert json.loads(pupil.captivity().text)["captive"]


def test_a_page_names_the_device_that_it_lets_on(portal):
    phone = portal.visitor()
    assert f"device {phone.address} go online" in phone.come().text
    assert f"device {phone.address} go online" in phone.show_code(portal.guest()["voucher"]).text


def test_whoever_is_not_let_in_reads_the_same(portal):
    ended, right = portal.guest(), portal.guest()
    portal.admin.do(f"/v1/guests/{ended['account']}/steps", {"step": "revoke", "reason": "test"})
    words = "maple-robin-tunnel-sixpence"
    tries = [dict(do="code", code="nonsense"), dict(do="code", code=ended["voucher"]),
             dict(do="account", account="nobody", passphrase=words),
             dict(do="account", account=right["account"], passphrase=words),
             dict(do="account", account=ended["account"], passphrase=ended["passphrase"]),
             dict(do="account", account="", passphrase="")]
    pages = []
    for fields in tries:
        phone = portal.visitor()
        pages.append(phone.post(phone.come(), **fields))
    locked = portal.visitor()
    for _ in range(6):
        locked.post(locked.come(), do="account", account=right["account"], passphrase=words)
    pages.append(locked.post(locked.come(), do="account", account=right["account"],
                             passphrase=right["passphrase"]))
    accounts = [page for page in pages if 'href="#account"' in page.text]
    codes = [page for page in pages if 'href="#code"' in page.text]
    assert len(accounts) + len(codes) == len(pages)
    for alike in (accounts, codes):
        assert all(WRONG in page.text for page in alike)
        assert len({shape(page) for page in alike}) == 1
    free = portal.visitor()
    page = free.post(free.come(), do="account", account=right["account"],
                     passphrase=right["passphrase"])
    assert page.title.startswith("Visitor rules")  # a class cannot lock a visitor out


def test_who_comes_back_is_online_still_and_can_log_out(portal):
    phone, other, guest = portal.visitor(), portal.visitor(), portal.guest()
    phone.go_online(guest["voucher"])
    page = phone.come()
    assert page.title.startswith("You are online")
    assert other.come().title.startswith("Visitor Wi-Fi")
    assert other.post(page, do="leave").status == 409
    assert phone.post(page, do="leave").title.startswith("You are logged out")
    assert phone.come().title.startswith("Visitor Wi-Fi")


def test_captivity_is_told_as_rfc_8908_says(portal):
    phone, guest = portal.visitor(), portal.guest()
    reply = phone.captivity()
    assert reply.headers["Content-Type"] == "application/captive+json"
    assert reply.headers["Cache-Control"] == "private"
    url = "https://assent.test/portal/kingsmead"
    assert json.loads(reply.text) == {"captive": True, "user-portal-url": url}
    phone.go_online(guest["voucher"])
    said = json.loads(phone.captivity().text)
    assert 7100 < said.pop("seconds-remaining") <= 7200
    assert said == {"captive": False, "user-portal-url": url, "can-extend-session": True}
    portal.admin.do(f"/v1/guests/{guest['account']}/steps", {"step": "revoke", "reason": "test"})
    assert json.loads(phone.captivity().text)["captive"]
    assert phone.come().title.startswith("Visitor Wi-Fi")


def test_pages_may_run_nothing_and_are_kept_by_nobody(portal):
    phone = portal.visitor()
    page = phone.come()
    assert page.headers["Content-Security-Policy"] == CSP
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in page.headers and "<script" not in page.text
    style = re.search('href="(/style/[^"]+)"', page.text)[1]
    sheet = phone.ask("GET", style)
    assert sheet.headers["Content-Type"].startswith("text/css")
    assert "immutable" in sheet.headers["Cache-Control"]
    assert phone.ask("GET", "/style/0123").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("accept,lang", [("cy-GB,cy;q=0.9", "cy"), ("pl", "en"), ("en-GB", "en")])
def test_pages_are_in_the_visitors_language(portal, accept, lang):
    page = portal.visitor().come(**{"Accept-Language": accept})
    assert f'<html lang="{lang}" dir="ltr"' in page.text


def test_rules_can_be_read_in_another_language_without_starting_again(portal):
    phone = portal.visitor()
    rules = phone.show_code(portal.guest()["voucher"])
    again = phone.post(rules, language="cy")
    assert '<html lang="cy"' in again.text and again.title.startswith("Rheolau")
    assert '<section lang="en-GB" dir="ltr">' in again.text  # the school has no Welsh ones
    assert phone.post(again, do="agree", language="cy").title.startswith("Rydych ar-lein")


def test_rules_are_in_easy_read_for_who_asks(own_portal):
    portal, risk = own_portal, "You bring your device at your own risk."
    plain = "We do not pay for broken devices."
    assert 'value="easy"' not in portal.visitor().show_code(portal.guest()["voucher"]).text
    files = {path.replace("1/", "2/", 1): text for path, text in files_of("visitor", 1).items()}
    files["2/en-GB.easy.md"] = files["2/en-GB.std.md"].replace(risk, plain)
    portal.admin.do("/v1/policies/visitor/versions", version_body(2, files))
    phone, guest = portal.visitor(), portal.guest()
    usual = phone.show_code(guest["voucher"])
    assert risk in usual.text and 'value="easy"' in usual.text
    easy = phone.post(usual, do="easy")
    assert plain in easy.text and risk not in easy.text and 'value="usual"' in easy.text
    assert risk in phone.post(easy, do="usual").text
    size = portal.service.size()
    assert phone.post(easy, do="agree").title.startswith("You are online")
    record = json.loads(portal.admin.read(f"/v1/receipts/{size}")["record"])
    assert record["shown"]["style"] == "easy" and record["channel"] == "portal"


def test_what_is_no_form_is_refused(portal):
    phone = portal.visitor()
    for body in ("state=%zz", "state=a&state=b", "x" * 9000, "%00=1"):
        assert phone.ask("POST", "/portal/kingsmead", body).status == 400
    for path in ("/portal/nowhere", "/capport/v1/nowhere"):
        assert phone.ask("GET", path).status == 404
    assert phone.ask("GET", "/portal/kingsmead?fas=1").status == 400
    assert phone.post("", do="agree").status == 409
    assert phone.ask("POST", "/portal/kingsmead", "").status == 409


def test_secrets_stand_in_no_log_and_no_column(portal):
    phone, guest = portal.visitor(), portal.guest()
    phone.post(phone.come(), do="account", account=guest["account"],
               passphrase=guest["passphrase"])
    phone.show_code(guest["voucher"])
    kept = portal.service.log.read_bytes()
    for file in portal.service.data.rglob("*"):
        kept += file.read_bytes() if file.is_file() else b""
    for secret in (guest["passphrase"], guest["voucher"], guest["voucher"].replace("-", "")):
        assert secret.encode() not in kept


def test_a_visitor_stays_online_while_the_service_starts_again(portal):
    phone, guest = portal.visitor(), portal.guest()
    rules = phone.show_code(guest["voucher"])
    portal.service.end()
    portal.service.start()
    assert phone.post(rules, do="agree").title.startswith("You are online")
    portal.service.end()
    portal.service.start()
    assert phone.come().title.startswith("You are online")
